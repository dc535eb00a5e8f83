using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Printing;

/// <summary>
/// Vouchers as a page that a screen reader can read and a browser can print, one sheet of A4 each: the words and the QR code of <see cref="SheetPrinter"/>, nothing
/// from elsewhere and no script.
/// </summary>
public sealed class SheetHtml(ServiceName service, SiteOrigin site, HelpContact contact)
{
    private const string Style = """
        body{margin:0;color:#1b2530;background:#fff;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        .sheet{box-sizing:border-box;max-width:42rem;margin:0 auto;padding:2rem 1.5rem;border-top:.4rem solid #15588f}
        h1{margin:1rem 0;font-size:1.1rem;font-weight:400;color:#4d5a67}
        h1 strong{display:block;font-size:2rem;line-height:1.2;color:#1b2530;overflow-wrap:anywhere}
        h2{margin:1rem 0 .25rem;font-size:1.1rem}
        p{margin:.25rem 0}
        a{color:#15588f}
        .test{padding:.25rem .75rem;background:#a8231b;color:#fff}
        .code{padding:.5rem 1.5rem 1rem;background:#ecf2f7;border-left:.3rem solid #15588f}
        .code h2{color:#4d5a67;font-size:1rem;font-weight:400}
        .code strong{font-size:1.1rem}
        .value{font:700 clamp(1rem,5.5vw,1.9rem)/1.3 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
        .spelled{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
        figure{width:11rem;margin:1rem 0;text-align:center;color:#4d5a67}
        figure a{display:block;border:1px solid #d3d9df}
        svg{display:block}
        li{margin:.25rem 0}
        .others,.foot{margin-top:1rem;font-size:.9rem;color:#4d5a67}
        @media print{@page{size:A4;margin:15mm}.sheet{break-after:page;padding:1rem 0;max-width:none}.sheet:last-child{break-after:auto}}
        """;

    /// <summary>For the answer's header: this style sheet, and nothing else.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Sheet by sheet, so that memory does not grow with the pile.</summary>
    public async Task WriteAsync(SheetPile pile, Stream target, CancellationToken cancellation)
    {
        await WriteAsync(target, Head(ContentOf(pile, pile.Sheets[0])), cancellation);
        foreach (var (index, sheet) in pile.Sheets.Index())
        {
            await WriteAsync(target, Sheet(ContentOf(pile, sheet), index + 1), cancellation);
        }
        await WriteAsync(target, "</main>\n</body>\n</html>\n", cancellation);
    }

    private SheetContent ContentOf(SheetPile pile, VoucherSheet sheet) => SheetContent.Of(pile, sheet, service, site, contact);

    private static Task WriteAsync(Stream target, string html, CancellationToken cancellation) => target.WriteAsync(Encoding.UTF8.GetBytes(html), cancellation).AsTask();

    private static string Head(SheetContent content) =>
        $"""
        <!DOCTYPE html>
        <html lang="{content.LanguageTag}">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{Text(content.Title)} – {Text(content.Service)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>

        """;

    private static string Sheet(SheetContent content, int number) =>
        $"""
        <article class="sheet" lang="{content.LanguageTag}" aria-labelledby="voucher-{Number(number)}">
        <p>{Text(content.Office)}</p>
        {(content.IsTest ? $"<p class=\"test\">{Text(content.Words.TestNote)}</p>" : "")}
        <h1 id="voucher-{Number(number)}">{Text(content.Title)} <strong>{Text(content.Service)}</strong></h1>
        {Code(content)}
        <h2>{Text(content.Words.How)}</h2>
        <ol>
        {string.Join('\n', content.Steps.Select(step => $"<li>{Text(step)}</li>"))}
        </ol>
        <figure>
        <a href="{Text(content.Sheet.RegistrationUrl)}">{QrCode.Of(content.Sheet.RegistrationUrl).ToSvg(Text(content.Words.QrLabel))}</a>
        <figcaption>{Text(content.Words.Scan)}</figcaption>
        </figure>
        <div class="others">
        {string.Join('\n', content.Others.Select(other => $"<p lang=\"{other.Tag}\">{Text(other.Text)}</p>"))}
        </div>
        <div class="foot">
        <p><a href="{Text(content.SiteUrl)}">{Text(content.Address)}</a></p>
        {Help(content)}
        <p>{Text(content.Words.Rules)}</p>
        </div>
        </article>

        """;

    /// <summary>Seen as it is printed; heard letter by letter, with a pause after each group.</summary>
    private static string Code(SheetContent content)
    {
        var spelled = string.Join(", ", content.Sheet.Code.Split('-').Select(group => string.Join(' ', group.AsEnumerable())));
        return $"""
            <div class="code">
            <h2>{Text(content.Words.CodeLabel)}</h2>
            <p class="value"><span aria-hidden="true">{Text(content.Sheet.Code)}</span><span class="spelled">{Text(spelled)}</span></p>
            <p>{Text(content.Words.UntilLabel)} <strong><time datetime="{content.Sheet.RedeemableUntil.ToIsoMinutes()}">{Text(content.Until)}</time></strong></p>
            </div>
            """;
    }

    private static string Help(SheetContent content) => content.Contact.Email is { } email
        ? $"<p>{Text(content.Words.Help)} <a href=\"mailto:{Text(Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal))}\">{Text(email)}</a></p>"
        : "";

    private static string Text(string text) => Encoder.Encode(text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
