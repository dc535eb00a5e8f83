using System.Text;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Contract;

/// <summary>All the ways in which a body can be wrong, by name. Each body is wrong in one way only.</summary>
internal static class BadBodies
{
    private const int TenMegabytes = 10 * 1024 * 1024;
    private const int Levels = 1000;
    private static readonly string DeepList = new string('[', Levels) + new string(']', Levels);
    private static readonly string DeepObject = string.Concat(Enumerable.Repeat("{\"a\":", Levels)) + "1" + new string('}', Levels);

    public static readonly IReadOnlyDictionary<string, Func<Call, IEnumerable<HttpContent?>>> All = new Dictionary<string, Func<Call, IEnumerable<HttpContent?>>>
    {
        ["another content type"] = call => OfTypes(call, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/xml"),
        ["no content type"] = call => OfTypes(call, ""),
        ["broken JSON"] = call => Texts("{", "}", "{\"", "nul", "{]", "\0", "{'a':1}", $"{Json(call)}x", $"{Json(call)[..^1]},}}"),
        ["an unknown member"] = call => [With(call, "unknown", 1), With(call, "", 1), .. call.Body!.Select(member => With(call, member.Name.ToUpperInvariant(), 1))],
        ["a duplicate member"] = call => call.Body!.SelectMany(member => Extended(
            call, $"\"{member.Name}\":{member.Good.ToJsonString()}", $"\"\\u{(int)member.Name[0]:x4}{member.Name[1..]}\":null")),
        ["a missing member"] = call => call.Body!.Where(member => !member.IsOptional).SelectMany(member => Missing(call, member)),
        ["no member at all"] = call => MayBeMissing(call) ? [] : Texts("{}"),
        ["no body"] = call => MayBeMissing(call) ? [] : [null, .. Texts("", " ", "null")],
        ["a list or a value"] = call => Texts("[]", "[{}]", "\"{}\"", "1", "true", $"[{Json(call)}]"),
        ["an empty text"] = call => OfTexts(call, member => member.Name == "reference" ? [] : ["", " ", "\u00A0\u2003"]),
        ["a text too long"] = call => OfTexts(call, member => [new string('a', 5000), $"{member.Good}{new string('1', 5000)}"]),
        ["a password too long"] = call => OfMembers(call, member => member.IsPassword ? [$"\"{new string('a', 5000)}\""] : []),
        ["another type"] = call => OfMembers(call, OtherTypes),
        ["control characters"] = call => OfTexts(call, member =>
            [$"{member.Good}\u0000x", $"\u001B{member.Good}x", $"{member.Good}\r\nBcc: x@example.ch", $"x\u202E{member.Good}", $"x\u2028{member.Good}"]),
        ["control characters as they are"] = call => OfMembers(call, member => member.IsText ? ["\"a\nb\"", "\"a\0b\"", "\"a\u001Fb\""] : []),
        ["half a surrogate pair"] = call => [
            .. OfMembers(call, member => member.IsText ? ["\"a\\ud800b\"", "\"a\\udc00\"", "\"\\ude00\\ud83d\""] : []),
            .. Extended(call, "\"\\ud800\":1")],
        ["bytes that are not UTF-8"] = call => call.Body!.Where(member => member.IsText).SelectMany(member => (HttpContent[])
            [Bytes(call, member, 0xED, 0xA0, 0x80), Bytes(call, member, 0xFF, 0xFE), Bytes(call, member, 0xC0, 0xAF)]),
        ["10 MB"] = call => [.. Texts(new string(' ', TenMegabytes)), .. call.Body!.Take(1).Select(member => With(call, member.Name, new string('a', TenMegabytes)))],
        ["10 MB without a length"] = _ => [new ChunkedContent(TenMegabytes)],
        ["1,000 levels"] = call => [.. Texts(DeepObject, DeepList, new string('[', 30_000)), .. OfMembers(call, _ => [DeepObject, DeepList])],
    };

    private static bool IsEmpty(Call call) => call.Body!.Count == 0;

    private static string Json(Call call) => call.GoodBody.ToJsonString();

    private static IEnumerable<HttpContent> Texts(params IEnumerable<string> bodies) => bodies.Select(body => HttpClientExtensions.Raw(body));

    private static IEnumerable<HttpContent> OfTypes(Call call, params IEnumerable<string> types) =>
        types.Select(type => Typed(Encoding.UTF8.GetBytes(IsEmpty(call) ? "{}" : Json(call)), type));

    /// <summary>A live key needs no body.</summary>
    private static bool MayBeMissing(Call call) => IsEmpty(call) || call.Template == "/api/issuers/{id}/keys";

    /// <summary>The good body with something more at its end.</summary>
    private static IEnumerable<HttpContent> Extended(Call call, params IEnumerable<string> members) =>
        Texts(members.Select(member => $"{Json(call)[..^1]}{(IsEmpty(call) ? "" : ",")}{member}}}"));

    private static IEnumerable<HttpContent> Missing(Call call, Member member)
    {
        var without = call.GoodBody;
        without.Remove(member.Name);
        return [HttpClientExtensions.Raw(without.ToJsonString()), With(call, member.Name, null)];
    }

    private static HttpContent With(Call call, string name, JsonNode? value)
    {
        var body = call.GoodBody;
        body[name] = value;
        return HttpClientExtensions.Raw(body.ToJsonString());
    }

    /// <summary>Each text but the passwords, with each of these values.</summary>
    private static IEnumerable<HttpContent> OfTexts(Call call, Func<Member, IEnumerable<string>> values) => call.Body!
        .Where(member => member.IsText && !member.IsPassword)
        .SelectMany(member => values(member).Select(value => With(call, member.Name, value)));

    /// <summary>Each member with each of these values, written as they are here, as no serializer would.</summary>
    private static IEnumerable<HttpContent> OfMembers(Call call, Func<Member, IEnumerable<string>> json) => call.Body!
        .SelectMany(member => Texts(json(member).Select(value => Spliced(call, member, value))));

    private static IEnumerable<string> OtherTypes(Member member) =>
        ["[]", "{}", "[\"a\"]", "1.5", "1e999", "99999999999999999999", .. member.IsText ? (string[])["1", "true"] : ["\"1\"", "\"true\"", "\"\""]];

    private static string Spliced(Call call, Member member, string json)
    {
        var body = call.GoodBody;
        body[member.Name] = "here";
        return body.ToJsonString().Replace("\"here\"", json, StringComparison.Ordinal);
    }

    private static ByteArrayContent Bytes(Call call, Member member, params byte[] bytes)
    {
        var parts = Spliced(call, member, "\"a\u0001b\"").Split('\u0001');
        return Typed([.. Encoding.UTF8.GetBytes(parts[0]), .. bytes, .. Encoding.UTF8.GetBytes(parts[1])], "application/json");
    }

    private static ByteArrayContent Typed(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        return content;
    }
}
