using Microsoft.AspNetCore.Http.Features;

namespace VoucherFunctions.Http;

/// <summary>
/// A request that was sent to the training and ends elsewhere, by a segment of dots, however it is written. The content policy of a course goes by the path that
/// the browser sees; the Functions host makes a slash of <c>%5C</c> and then leaves the dots out, so that only the platform in front of it still knows.
/// </summary>
public static class PathTraversalGuard
{
    private const string Start = "/api/training/";

    /// <summary>Where Azure's front ends put the URL as it was sent. Whoever makes one up is refused, and that is all.</summary>
    private static readonly string[] AsSent = ["X-MS-Original-Url", "X-Original-URL", "X-WAWS-Unencoded-URL"];

    /// <remarks>A loop rather than a query: it runs for every request, and a query's closure would be its largest allocation.</remarks>
    public static bool Is(HttpContext context)
    {
        var isDetour = IsDetour(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "");
        foreach (var header in AsSent)
        {
            isDetour |= IsDetour(context.Request.Headers[header].ToString());
        }
        return isDetour;
    }

    /// <summary>A browser's content policy decodes the path before it compares it, so it is decoded here too, the prefix included.</summary>
    private static bool IsDetour(string url)
    {
        var path = Decode(url.IndexOf('?') is >= 0 and var query ? url[..query] : url);
        return path.IndexOf(Start, StringComparison.OrdinalIgnoreCase) is >= 0 and var start
            && path[start..].Split('/').Any(segment => segment is "." or "..");
    }

    /// <summary>Whatever number of times it was encoded.</summary>
    private static string Decode(string path)
    {
        for (var encoded = ""; encoded != path;)
        {
            encoded = path;
            path = Uri.UnescapeDataString(encoded).Replace('\\', '/');
        }
        return path;
    }
}
