using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>Something that must be found nowhere.</summary>
/// <param name="CanBeGuessed">A plain hash of it would give it away, too.</param>
internal sealed record Canary(string Text, bool CanBeGuessed = true)
{
    /// <summary>Of a key, which is no text: the text is only its name here.</summary>
    public byte[]? Key { get; init; }
}

/// <summary>Looks for canaries as they are and in whatever a program makes of a text on its way: other letters, encodings, plain hashes.</summary>
internal sealed class CanarySearch(IEnumerable<Canary> canaries)
{
    private readonly List<(string What, byte[] Bytes)> _patterns = [.. canaries.SelectMany(PatternsOf)];

    /// <summary>All that a text can be turned into, by name.</summary>
    public static IReadOnlyDictionary<string, Func<string, IEnumerable<byte[]>>> Encodings { get; } = new Dictionary<string, Func<string, IEnumerable<byte[]>>>
    {
        ["as it is"] = text => [Utf8(text)],
        ["lower case"] = text => [Utf8(text.ToLowerInvariant())],
        ["upper case"] = text => [Utf8(text.ToUpperInvariant())],
        ["UTF-16"] = text => [Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text)],
        ["Latin 1"] = text => [Encoding.Latin1.GetBytes(text)],
        ["base64"] = text => Base64(Utf8(text)).Select(Utf8),
        ["base64 of UTF-16"] = text => Base64(Encoding.Unicode.GetBytes(text)).Select(Utf8),
        ["base64url"] = text => Base64(Utf8(text)).Select(core => Utf8(core.Replace('+', '-').Replace('/', '_'))),
        ["base32"] = text => [Utf8(Base32.Encode(Utf8(text))[..^1])],
        ["hexadecimal"] = text => [Utf8(Convert.ToHexStringLower(Utf8(text)))],
        ["URL"] = text => [Utf8(Uri.EscapeDataString(text)), Utf8(WebUtility.UrlEncode(text))],
        ["JSON"] = text => [Utf8(JsonEncodedText.Encode(text).ToString())],
        ["HTML"] = text => [Utf8(WebUtility.HtmlEncode(text))],
    };

    private static IReadOnlyDictionary<string, Func<byte[], byte[]>> Hashes { get; } = new Dictionary<string, Func<byte[], byte[]>>
    {
        ["SHA-256"] = SHA256.HashData,
        ["SHA-1"] = SHA1.HashData,
        ["MD5"] = MD5.HashData,
    };

    /// <summary>What was found in a value, in whatever case.</summary>
    public IEnumerable<string> FindIn(byte[] value)
    {
        var folded = Fold(value);
        return _patterns.Where(pattern => folded.AsSpan().IndexOf(pattern.Bytes) >= 0).Select(pattern => pattern.What);
    }

    private static IEnumerable<(string What, byte[] Bytes)> PatternsOf(Canary canary)
    {
        if (canary.Key is { } key)
        {
            IEnumerable<byte[]> forms =
            [
                key, Utf8(Convert.ToHexString(key)), Utf8(Base32.Encode(key)[..^1]), .. Base64(key).Select(Utf8), .. Base64(key).Select(core => Utf8(core.Replace('+', '-').Replace('/', '_'))),
            ];
            foreach (var form in forms)
            {
                yield return ($"{canary.Text} (a key)", Fold(form));
            }
            yield break;
        }
        foreach (var (name, encode) in Encodings)
        {
            foreach (var bytes in encode(canary.Text))
            {
                yield return ($"{canary.Text} ({name})", Fold(bytes));
            }
        }
        foreach (var (name, hash) in canary.CanBeGuessed ? Hashes : new Dictionary<string, Func<byte[], byte[]>>())
        {
            var bytes = hash(Utf8(canary.Text));
            yield return ($"{canary.Text} ({name})", Fold(bytes));
            yield return ($"{canary.Text} ({name}, hexadecimal)", Fold(Utf8(Convert.ToHexString(bytes))));
            yield return ($"{canary.Text} ({name}, base64)", Fold(Utf8(Base64(bytes).First())));
            // As the app writes ids.
            yield return ($"{canary.Text} ({name}, base32)", Fold(Utf8(Base32.Encode(bytes.AsSpan(0, 15)))));
        }
    }

    /// <summary>The text may stand anywhere in what was encoded: without the letters that it shares with its neighbours, at each of three places.</summary>
    private static IEnumerable<string> Base64(byte[] bytes) => Enumerable.Range(0, 3).Select(shift =>
        Convert.ToBase64String([.. new byte[shift], .. bytes])[((shift * 8 + 5) / 6)..((shift + bytes.Length) * 8 / 6)]);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>ASCII letters in lower case, whatever they are part of.</summary>
    private static byte[] Fold(byte[] bytes) => Array.ConvertAll(bytes, value => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value);
}
