using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Issuers;

/// <summary>A key of an administrator: its name, which the log tells, and the SHA-256 of the key.</summary>
public sealed record AdminKey(string Name, byte[] Hash)
{
    private const int HexDigits = 64;
    private const int NameDigits = 8;

    /// <summary><c>name=hash</c>, the hash in hex. A hash alone is named by its first eight digits.</summary>
    public static AdminKey Parse(string text)
    {
        var hash = text[^HexDigits..];
        var name = text.Length > HexDigits ? text[..^(HexDigits + 1)] : hash[..NameDigits].ToLowerInvariant();
        return new AdminKey(name, Convert.FromHexString(hash));
    }
}

/// <summary>The administrators' keys. The log names the key at every use, and what it was used for.</summary>
public sealed partial class AdminKeys(IReadOnlyList<AdminKey> keys, VoucherMetrics metrics, ILogger<AdminKeys> logger)
{
    /// <param name="function">The endpoint's name.</param>
    public bool IsValid(string? key, string? function)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key ?? ""));
        AdminKey? used = null;
        foreach (var known in keys)
        {
            used = CryptographicOperations.FixedTimeEquals(hash, known.Hash) ? known : used;
        }
        if (used is not null)
        {
            Log.Used(logger, used.Name, function ?? "");
            return true;
        }
        Log.Refused(logger, function ?? "");
        metrics.AdminKeyGuessed();
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The administrator's key {KeyName} was used for {Function}.")]
        public static partial void Used(ILogger logger, string keyName, string function);

        [LoggerMessage(2, LogLevel.Warning, "A wrong administrator's key was refused for {Function}.")]
        public static partial void Refused(ILogger logger, string function);
    }
}
