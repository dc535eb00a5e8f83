namespace VoucherFunctions.Mail.Texts;

internal static class TextPart
{
    /// <summary>Addresses stand on a line of their own, so that mail clients link the whole of them.</summary>
    public static string Of(MailMessage message) => string.Join("\n\n", message.Blocks.Select(Of)) + "\n";

    private static string Of(MailBlock block) => block switch
    {
        Paragraph paragraph => paragraph.Text,
        Note note => note.Text,
        Button button => $"{button.Label}\n{button.Target.AbsoluteUri}",
        Signature signature => $"{signature.Closing}\n{signature.Service}\n{signature.Site.AbsoluteUri}",
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };
}
