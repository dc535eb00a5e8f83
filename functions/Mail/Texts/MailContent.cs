namespace VoucherFunctions.Mail.Texts;

/// <summary>A mail ready to send. The subject is one line; text and HTML say the same, sentence for sentence.</summary>
public sealed record MailContent(string Subject, string Text, string Html);
