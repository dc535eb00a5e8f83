namespace VoucherFunctions.Mail.Texts;

/// <summary>
/// What a mail says, before it is text or HTML. Both parts are made from this, so they cannot drift.
/// All strings are plain text: encoding is the part's job.
/// </summary>
internal sealed record MailMessage(string Subject, IReadOnlyList<MailBlock> Blocks);

internal abstract record MailBlock;

internal sealed record Paragraph(string Text) : MailBlock;

/// <summary>Less important than a paragraph.</summary>
internal sealed record Note(string Text) : MailBlock;

/// <summary>The one thing to do, with its address in full for clients that show no buttons.</summary>
internal sealed record Button(string Label, Uri Target) : MailBlock;

/// <summary>Who writes, and where to find them.</summary>
internal sealed record Signature(string Closing, string Service, Uri Site) : MailBlock;
