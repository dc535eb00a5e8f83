using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoucherFunctions.Accounts;
using VoucherFunctions.Hosting;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Registrations;
using VoucherFunctions.Vouchers;
using static VoucherFunctions.Fuzzing.Parser;

namespace VoucherFunctions.Fuzzing;

/// <summary>The bodies that people send, read as the app reads them.</summary>
internal static class Bodies
{
    private static readonly JsonTypeInfo[] Types = [.. new[]
    {
        typeof(EmptyRequest), typeof(CheckRequest), typeof(RegisterRequest), typeof(HandleRequest), typeof(CorrectEmailRequest), typeof(TokenAndPasswordRequest), typeof(LogInRequest), typeof(ProfileRequest),
        typeof(ChangePasswordRequest), typeof(PasswordRequest), typeof(EmailRequest), typeof(IssueRequest), typeof(NewKeyRequest), typeof(IssuerRequest), typeof(IssuerChangeRequest), typeof(ErasuresRequest),
        typeof(ReplayRequest),
    }.Select(type => AppJson.Default.GetTypeInfo(type)!)];

    /// <summary>The first byte says which body; the rest is the JSON.</summary>
    public static void Json(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }
        var type = Types[bytes[0] % Types.Length];
        var json = bytes.AsSpan(1);
        object? body;
        try
        {
            body = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return;
        }
        if (body is null)
        {
            return;
        }
        using var document = JsonDocument.Parse(json.ToArray());
        var members = document.RootElement.EnumerateObject().Select(member => member.Name).ToList();
        Must(members.Distinct(StringComparer.Ordinal).Count() == members.Count, "A member came twice.");
        Must(members.All(name => type.Properties.Any(property => property.Name == name)), "A member that the contract does not name was accepted.");
        var written = JsonSerializer.Serialize(body, type);
        Must(JsonSerializer.Serialize(JsonSerializer.Deserialize(written, type), type) == written, "A body is not read back.");
        Must(Encoding.UTF8.GetByteCount(written) <= 8 * bytes.Length + 1024, "A body grows.");
    }
}
