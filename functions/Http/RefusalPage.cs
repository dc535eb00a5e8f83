using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>People open this endpoint in their browser: its refusals are pages for them. Programs get problem documents.</summary>
/// <param name="Home">The page of the site to which it belongs.</param>
/// <param name="LeadsBack">After a log-in the person goes on at the same path; else at <paramref name="Home"/>.</param>
public sealed record RefusalPageMetadata(string Home, bool LeadsBack);

/// <summary>A refusal as a page, in the browser's language, with the next step. It has no script, and the style of the site.</summary>
public static class RefusalPage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string[] Styles = ["base", "layout", "forms", "components"];

    public static TBuilder RefusesWithPage<TBuilder>(this TBuilder builder, string home, bool leadsBack = false)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RefusalPageMetadata(home, leadsBack));

    public static Task WriteAsync(HttpContext context, Refusal refusal, RefusalPageMetadata endpoint)
    {
        var site = context.RequestServices.GetRequiredService<SiteOrigin>();
        var language = BrowserRequest.LanguageOf(context.Request);
        var words = RefusalWords.Of(refusal, language);
        var service = context.RequestServices.GetRequiredService<ServiceName>().In(language);
        var response = context.Response;
        response.ContentType = MediaTypes.Html;
        response.Headers.ContentLanguage = language.Code();
        // A course may have opened it in a frame of its own.
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src {site.Value}; form-action 'none'; frame-ancestors 'self'; base-uri 'none'";
        var trace = refusal.Status >= 500 ? Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier : null;
        return response.WriteAsync(Html(words, language, service, site, NextStep(context.Request, refusal, endpoint), trace), context.RequestAborted);
    }

    /// <summary>A path of the site.</summary>
    private static string NextStep(HttpRequest request, Refusal refusal, RefusalPageMetadata endpoint)
    {
        var own = request.Path.ToUriComponent();
        return refusal.Status switch
        {
            401 => $"/login?next={Uri.EscapeDataString(endpoint.LeadsBack ? own : endpoint.Home)}",
            403 => "/",
            429 => own,
            >= 500 when !refusal.Is(Problems.DocumentDamaged) => own,
            _ => endpoint.Home,
        };
    }

    private static string Html(RefusalWords words, Language language, string service, SiteOrigin site, string next, string? trace)
    {
        var styles = string.Concat(Styles.Select(style => $"<link rel=\"stylesheet\" href=\"{site.Value}/css/{style}.css\">\n"));
        var reference = trace is null ? "" : $"<p class=\"hint\">{Text(trace)}</p>\n";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{language.Code()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Text(words.Title)} – {Text(service)}</title>
            {styles}</head>
            <body>
            <main id="main" class="task">
            <h1>{Text(words.Title)}</h1>
            <p class="lead">{Text(words.Text)}</p>
            <p class="actions"><a class="button" href="{Text(site.Value + next)}" target="_top">{Text(words.Action)}</a></p>
            {reference}</main>
            </body>
            </html>

            """);
    }

    private static string Text(string text) => Encoder.Encode(text);
}
