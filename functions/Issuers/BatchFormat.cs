using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VoucherFunctions.Issuers;

/// <summary>How a batch is written.</summary>
public enum BatchFormat
{
    Json,
    Csv,
    Pdf,
    Html,
}

public static class BatchFormats
{
    public const string Csv = "text/csv";
    public const string Pdf = "application/pdf";
    public const string Html = "text/html";

    private static readonly (BatchFormat Format, MediaTypeHeaderValue Type)[] Offered =
    [
        (BatchFormat.Json, new MediaTypeHeaderValue("application/json")),
        (BatchFormat.Csv, new MediaTypeHeaderValue(Csv)),
        (BatchFormat.Pdf, new MediaTypeHeaderValue(Pdf)),
        (BatchFormat.Html, new MediaTypeHeaderValue(Html)),
    ];

    /// <summary>What the client likes best by its <c>Accept</c> (RFC 9110 §12.5.1); JSON when it does not say or likes several equally. Null when none will do.</summary>
    public static BatchFormat? Choose(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var wanted) || wanted.Count == 0)
        {
            return BatchFormat.Json;
        }
        var best = Offered.Select(offer => (offer.Format, Quality: QualityOf(offer.Type, wanted))).MaxBy(offer => offer.Quality);
        return best.Quality > 0 ? best.Format : null;
    }

    /// <summary>The most specific range that matches decides: <c>*/*, text/csv;q=0</c> is anything but CSV.</summary>
    private static double QualityOf(MediaTypeHeaderValue offered, IList<MediaTypeHeaderValue> wanted) => wanted
        .Where(range => range.MatchesAllTypes || (Same(range.Type, offered.Type) && (range.MatchesAllSubTypes || Same(range.SubType, offered.SubType))))
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();

    private static bool Same(StringSegment a, StringSegment b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
