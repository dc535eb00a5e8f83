using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoucherFunctions.Worker.Tests;

/// <summary>What the Functions host leaves in the environment of the app: all app settings, its own ASPNETCORE_URLS, and for a custom handler the port.</summary>
public static class HostSettings
{
    public const string AdminKey = "admin_test_key";
    public const string Port = "FUNCTIONS_CUSTOMHANDLER_PORT";

    public static Dictionary<string, string> Of(int port, string storage, string tablePrefix, Uri smtp) => new()
    {
        [Port] = port.ToString(CultureInfo.InvariantCulture),
        ["ASPNETCORE_URLS"] = "http://0.0.0.0:1",
        // For dotnet. The host passes its own on.
        ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
        ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
        ["AzureWebJobsStorage"] = storage,
        // http, so that the clients of the tests send the session cookie back.
        ["Site__Origin"] = "http://localhost:4280",
        ["Site__AllowedOrigins"] = "",
        ["Site__ServiceName"] = "Kursplatz",
        ["Storage__ConnectionString"] = storage,
        ["Storage__TableEndpoint"] = "",
        ["Storage__BlobEndpoint"] = "",
        ["Storage__TablePrefix"] = tablePrefix,
        ["Identity__ClientId"] = "",
        ["Keys__Hashing"] = $"1:{Convert.ToBase64String(SHA256.HashData("hashing"u8))}",
        ["Keys__Encryption"] = $"1:{Convert.ToBase64String(SHA256.HashData("encryption"u8))}",
        ["Mail__Endpoint"] = "",
        ["Mail__ConnectionString"] = "",
        ["Mail__Smtp"] = smtp.ToString(),
        ["Mail__Sender"] = "noreply@voucher.example.ch",
        ["Mail__ReplyTo"] = "",
        ["Mail__AllowedRecipients"] = "",
        ["Admin__KeyHashes"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AdminKey))),
        ["Network__TrustedProxies"] = "1",
        ["Telemetry__ConnectionString"] = "",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
    };
}
