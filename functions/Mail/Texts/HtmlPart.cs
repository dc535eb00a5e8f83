using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace VoucherFunctions.Mail.Texts;

/// <summary>
/// Styles are inline because mail clients drop style sheets. Text and background keep the client's own colours,
/// so dark mode works; only the button sets both. Nothing is loaded from anywhere.
/// </summary>
internal static class HtmlPart
{
    private const string Font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    private const string ButtonStyle =
        "display:inline-block;margin:0 0 8px;padding:12px 24px;border-radius:6px;background-color:#0b57a4;color:#ffffff;font-weight:bold;text-decoration:none";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // The language is said twice: web mail keeps the body and drops the html element.
    public static string Of(MailMessage message, string languageTag) =>
        $"""
        <!DOCTYPE html>
        <html lang="{languageTag}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
        <title>{Encoder.Encode(message.Subject)}</title>
        </head>
        <body style="margin:0;padding:24px">
        <div lang="{languageTag}" dir="ltr" style="max-width:576px;margin:0 auto;{Font};font-size:16px;line-height:1.5">
        {string.Join('\n', message.Blocks.Select(Of))}
        </div>
        </body>
        </html>

        """;

    private static string Of(MailBlock block) => block switch
    {
        Paragraph paragraph => P(Encoder.Encode(paragraph.Text)),
        Note note => P(Encoder.Encode(note.Text), ";font-size:14px"),
        Button button => P($"{Link(button.Target, button.Label, ButtonStyle)}<br>{Link(button.Target)}"),
        Signature signature => P($"{Encoder.Encode(signature.Closing)}<br>{Encoder.Encode(signature.Service)}<br>{Link(signature.Site)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };

    private static string P(string html, string style = "") => $"""<p style="margin:0 0 20px{style}">{html}</p>""";

    private static string Link(Uri target) => Link(target, target.AbsoluteUri, "word-break:break-all");

    private static string Link(Uri target, string label, string style) =>
        $"""<a href="{Encoder.Encode(target.AbsoluteUri)}" style="{style}">{Encoder.Encode(label)}</a>""";
}
