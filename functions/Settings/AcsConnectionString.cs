using System.Diagnostics.CodeAnalysis;

namespace VoucherFunctions.Settings;

/// <summary>Of Azure Communication Services: <c>endpoint=https://…/;accesskey=BASE64</c>.</summary>
public static class AcsConnectionString
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? endpoint, out byte[] key)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToLookup(
            part => part[0], part => part.Length == 2 ? part[1] : "", StringComparer.OrdinalIgnoreCase);
        var base64 = parts["accesskey"].FirstOrDefault() ?? "";
        key = new byte[base64.Length];
        var isKey = Convert.TryFromBase64String(base64, key, out var length) && length > 0;
        Array.Resize(ref key, length);
        return Uri.TryCreate(parts["endpoint"].FirstOrDefault(), UriKind.Absolute, out endpoint) && isKey;
    }
}
