using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Settings;

// Every setting of the app, one class a section. Names as environment variables: Section__Property. The README has the table; a test keeps it,
// local.settings.sample.json and these classes the same.

/// <summary>The website in front.</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";
    private const string OriginForm = "Site__Origin is not like https://host or http://localhost:port";
    private const string NamePattern = ".{1,60}";
    private const string NameRule = " is not a name of 1 to 60 characters";
    private const string NameForm = "Site__ServiceName" + NameRule;

    /// <summary>Scheme, host and port of the website: https, or http on localhost. Mails and vouchers link there.</summary>
    [Required(ErrorMessage = OriginForm), RegularExpression("(https://[^/?#]+|http://localhost(:[0-9]+)?)/?", ErrorMessage = OriginForm)]
    public string Origin { get; set; } = "";

    /// <summary>Other origins that may call the API from a browser, comma-separated.</summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>What the service is called in a language that has no name of its own below.</summary>
    [Required(ErrorMessage = NameForm), RegularExpression(NamePattern, ErrorMessage = NameForm)]
    public string ServiceName { get; set; } = "";

    [RegularExpression(NamePattern, ErrorMessage = "Site__ServiceNameFr" + NameRule)]
    public string ServiceNameFr { get; set; } = "";

    [RegularExpression(NamePattern, ErrorMessage = "Site__ServiceNameDe" + NameRule)]
    public string ServiceNameDe { get; set; } = "";

    [RegularExpression(NamePattern, ErrorMessage = "Site__ServiceNameIt" + NameRule)]
    public string ServiceNameIt { get; set; } = "";

    [RegularExpression(NamePattern, ErrorMessage = "Site__ServiceNameEn" + NameRule)]
    public string ServiceNameEn { get; set; } = "";
}

/// <summary>Azure Table and Blob Storage: by managed identity with the endpoints, or locally with a connection string.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    public string ConnectionString { get; set; } = "";

    public string TableEndpoint { get; set; } = "";

    public string BlobEndpoint { get; set; } = "";

    /// <summary>Put before the name of every table and container, so that several environments can share an account.</summary>
    [RegularExpression("[A-Za-z][A-Za-z0-9]{0,20}", ErrorMessage = "Storage__TablePrefix is not 1 to 21 letters and digits, a letter first")]
    public string? TablePrefix { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var byIdentity = IsHttps(TableEndpoint) && IsHttps(BlobEndpoint);
        if (byIdentity == !string.IsNullOrEmpty(ConnectionString))
        {
            yield return new ValidationResult("give either Storage__ConnectionString, or Storage__TableEndpoint and Storage__BlobEndpoint (https)");
        }
        else if (!byIdentity && !IsConnectionString())
        {
            yield return new ValidationResult("Storage__ConnectionString is not a storage connection string");
        }
    }

    private bool IsConnectionString()
    {
        try
        {
            return new Azure.Data.Tables.TableServiceClient(ConnectionString) is not null && new Azure.Storage.Blobs.BlobServiceClient(ConnectionString) is not null;
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsHttps(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
}

/// <summary>The managed identity to use, where there are several.</summary>
public sealed class IdentityOptions
{
    public const string Section = "Identity";

    public string ClientId { get; set; } = "";
}

/// <summary>The key rings: <c>version:base64 of 32 bytes</c>, the current key first, comma-separated.</summary>
public sealed class KeyOptions : IValidatableObject
{
    public const string Section = "Keys";

    public string Hashing { get; set; } = "";

    public string Encryption { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!KeyRing.TryParse(Hashing, out _))
        {
            yield return new ValidationResult("Keys__Hashing is not a key ring like 1:BASE64 (32 bytes)");
        }
        if (!KeyRing.TryParse(Encryption, out _))
        {
            yield return new ValidationResult("Keys__Encryption is not a key ring like 1:BASE64 (32 bytes)");
        }
    }
}

/// <summary>The administrators.</summary>
public sealed class AdminOptions
{
    public const string Section = "Admin";
    private const string Key = "([a-z0-9][a-z0-9-]{0,39}=)?[0-9a-fA-F]{64}";
    private const string HashForm = "Admin__KeyHashes is not a list of name=hash with commas between them, each name once, of a-z, 0-9 and -, each hash a SHA-256 in hex";

    /// <summary>Name and SHA-256 (hex) of each administrator's key: <c>name=hash</c>, comma-separated. A hash alone is named by its first eight digits.</summary>
    [Required(ErrorMessage = HashForm), RegularExpression($"(?!(.*,)?([^=,]+)=.*,\\2=){Key}(,{Key})*", ErrorMessage = HashForm)]
    public string KeyHashes { get; set; } = "";
}

/// <summary>How requests get here.</summary>
public sealed class NetworkOptions : IValidatableObject
{
    private const int MostProxies = 5;
    public const string Section = "Network";

    /// <summary>How many proxies in front append to X-Forwarded-For. 1 behind the Functions front end.</summary>
    public int TrustedProxies { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TrustedProxies is < 0 or > MostProxies)
        {
            yield return new ValidationResult($"Network__TrustedProxies is not a number from 0 to {MostProxies}");
        }
    }
}

/// <summary>
/// Where telemetry goes; nowhere unless told. Not the variable that the Functions host reads: its own records of requests hold whole URLs, in which are names of
/// documents and ids of vouchers (docs/decisions/0012-telemetry.md).
/// </summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>OpenTelemetry's own setting for a collector; its companions (OTEL_EXPORTER_OTLP_PROTOCOL, _HEADERS …) are heeded as well.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string InsightsForm = "InstrumentationKey=[0-9a-fA-F-]{36}(;.*)?";

    /// <summary>Of Application Insights. With <c>Identity__ClientId</c> that identity is used, otherwise the key in it.</summary>
    [RegularExpression(InsightsForm, ErrorMessage = "Telemetry__ConnectionString is not a connection string of Application Insights")]
    public string ConnectionString { get; set; } = "";

    /// <summary>The exporter itself would end the start with a stack trace at anything else, before the settings are checked.</summary>
    public static bool IsInsights([NotNullWhen(true)] string? text) => !string.IsNullOrEmpty(text) && new RegularExpressionAttribute(InsightsForm).IsValid(text);

    /// <summary>Null when there is none, or when it is no address: the start says so (<see cref="Telemetry.ValidateOtlpEndpoint"/>).</summary>
    public static Uri? CollectorOf(IConfiguration configuration) =>
        Uri.TryCreate(configuration[OtlpEndpoint], UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https" ? collector : null;
}

[OptionsValidator]
public sealed partial class ValidateSiteOptions : IValidateOptions<SiteOptions>;

[OptionsValidator]
public sealed partial class ValidateStorageOptions : IValidateOptions<StorageOptions>;

[OptionsValidator]
public sealed partial class ValidateKeyOptions : IValidateOptions<KeyOptions>;

[OptionsValidator]
public sealed partial class ValidateAdminOptions : IValidateOptions<AdminOptions>;

[OptionsValidator]
public sealed partial class ValidateNetworkOptions : IValidateOptions<NetworkOptions>;

[OptionsValidator]
public sealed partial class ValidateTelemetryOptions : IValidateOptions<TelemetryOptions>;
