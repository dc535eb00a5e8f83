using Microsoft.Net.Http.Headers;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>Reads the headers that a browser adds to a request. A script cannot set those that begin with <c>Sec-</c>.</summary>
public static class BrowserRequest
{
    private const string Destination = "Sec-Fetch-Dest";
    private const string Document = "document";
    private const string HtmlType = "text/html";
    private static readonly string[] Shown = [Document, "iframe", "frame"];
    private static readonly string[] JsonTypes = ["application/json", "application/problem+json"];

    /// <summary>The headers that decide how a refusal is written, for <c>Vary</c>.</summary>
    public const string DecidingHeaders = $"Accept, Accept-Language, {Destination}";

    /// <summary>True when a person opened the address, false for requests of pages and scripts. Browsers before 2023 do not send the header; <c>Accept</c> decides for them.</summary>
    public static bool OpensPage(HttpRequest request) => request.Headers[Destination].ToString() is { Length: > 0 } destination
        ? destination == Document
        : PrefersHtml(request);

    /// <summary>The answer is shown to a person as it is, so a refusal must be a page.</summary>
    public static bool ShowsAnswer(HttpRequest request) => Shown.Contains(request.Headers[Destination].ToString()) || PrefersHtml(request);

    /// <summary>The language that the browser likes best of those that there are; French when there is none.</summary>
    public static Language LanguageOf(HttpRequest request)
    {
        var wanted = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var list) ? list : [];
        foreach (var tag in wanted.Where(tag => tag.Quality is not 0).OrderByDescending(tag => tag.Quality ?? 1))
        {
            if (Languages.TryParse(tag.Value.ToString().Split('-')[0].ToLowerInvariant(), out var language))
            {
                return language;
            }
        }
        return Language.Fr;
    }

    /// <summary>True when <c>Accept</c> names HTML and prefers it to JSON. Programs that name both equally get JSON.</summary>
    private static bool PrefersHtml(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var wanted))
        {
            return false;
        }
        return QualityOf([HtmlType]) is > 0 and var html && html > QualityOf(JsonTypes);

        double QualityOf(string[] types) => wanted
            .Where(range => types.Any(type => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)))
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
    }
}
