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
        typeof(NoBody), typeof(CheckBody), typeof(RegisterBody), typeof(HandleBody), typeof(CorrectEmailBody), typeof(TokenAndPasswordBody), typeof(LogInBody), typeof(ProfileBody),
        typeof(ChangePasswordBody), typeof(PasswordBody), typeof(EmailBody), typeof(IssueBody), typeof(NewKeyBody), typeof(OfficeBody), typeof(OfficeChangeBody), typeof(ErasuresBody),
        typeof(ReplayBody),
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
