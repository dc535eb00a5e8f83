using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Issuers;

/// <summary>The administrators' keys: the configuration holds only their SHA-256 (hex, comma-separated).</summary>
public sealed partial class AdminKeys(IReadOnlyList<byte[]> hashes, VoucherMetrics metrics, ILogger<AdminKeys> logger)
{
    public bool IsValid(string? key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key ?? ""));
        var isValid = false;
        foreach (var known in hashes)
        {
            isValid |= CryptographicOperations.FixedTimeEquals(hash, known);
        }
        if (isValid)
        {
            Log.Used(logger);
        }
        else
        {
            Log.Refused(logger);
            metrics.AdminKeyGuessed();
        }
        return isValid;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An administrator's key was used.")]
        public static partial void Used(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "A wrong administrator's key was refused.")]
        public static partial void Refused(ILogger logger);
    }
}
