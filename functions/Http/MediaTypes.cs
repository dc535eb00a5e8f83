using Microsoft.AspNetCore.StaticFiles;

namespace VoucherFunctions.Http;

/// <summary>
/// The media type of a file, by the extension of its name. The stored type does not count: people upload folders without setting it, and with <c>nosniff</c> a wrong type breaks the page.
/// </summary>
public static class MediaTypes
{
    public const string Html = "text/html; charset=utf-8";
    private const string Unknown = "application/octet-stream";

    /// <summary>The framework's table. It lacks subtitles, and has names from before the registration of four types (https://www.iana.org/assignments/media-types).</summary>
    private static readonly FileExtensionContentTypeProvider ByExtension = new()
    {
        Mappings =
        {
            [".vtt"] = "text/vtt",
            [".woff"] = "font/woff",
            [".ttf"] = "font/ttf",
            [".ogg"] = "audio/ogg",
            [".zip"] = "application/zip",
        },
    };

    public static string Of(string name) => ByExtension.TryGetContentType(name, out var type) ? WithCharset(type) : Unknown;

    /// <summary>Whether a browser runs scripts in content of this type.</summary>
    public static bool IsActive(string type) =>
        type == Html || type.StartsWith("text/xml", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) || type == "application/xml";

    private static string WithCharset(string type) => type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
}
