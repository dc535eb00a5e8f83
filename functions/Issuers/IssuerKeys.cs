using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Issuers;

/// <summary>
/// Issuer keys: <c>vf_{issuer}_{key}_{secret}</c> (<c>vftest_…</c> for tests), the secret being 256 random bits in base64url. Only its SHA-256 is stored, in the office's own row, so
/// that one read tells who calls and whether they may.
/// </summary>
public sealed partial class IssuerKeys(IssuerStore issuers, KeyUses uses, VoucherMetrics metrics, ILogger<IssuerKeys> logger)
{
    private const string Prefix = "vf";
    private const string TestPrefix = "vftest";
    private const int IdBytes = 5;
    private const int SecretBytes = 32;

    public static string NewId() => Base32.Encode(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>A new key for an office, and the text that is shown once.</summary>
    public static (IssuerKey Key, string Text) New(string issuerId, bool isTest, DateTimeOffset now)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var key = new IssuerKey(NewId(), HashOf(secret), now) { IsTest = isTest };
        return (key, $"{(isTest ? TestPrefix : Prefix)}_{issuerId}_{key.Id}_{secret}");
    }

    public async Task<Result<KeyHolder>> IdentifyAsync(string? text, CancellationToken cancellation)
    {
        // The secret itself may contain underscores.
        var parts = text?.Length <= 128 ? text.Split('_', 4) : [];
        if (parts is not [Prefix or TestPrefix, { } issuerId, { } keyId, { } secret] || !IsId(issuerId) || !IsId(keyId))
        {
            if (text is not null)
            {
                metrics.IssuerKeyGuessed();
            }
            return Problems.KeyRequired;
        }
        var issuer = await issuers.FindAsync(issuerId, cancellation);
        var key = issuer?.Keys.FirstOrDefault(each => each.Id == keyId);
        var isRight = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(key?.SecretHash ?? HashOf("")));
        if (issuer is null || key is null || !isRight)
        {
            Log.Refused(logger);
            metrics.IssuerKeyGuessed();
            return Problems.KeyRequired;
        }
        if (issuer.Disabled)
        {
            return Problems.IssuerDisabled;
        }
        Log.Used(logger, issuer.Id, key.Id);
        uses.Note(issuer.Id, key.Id);
        return new KeyHolder(issuer, key);
    }

    public static bool IsId(string text)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        return Base32.TryDecode(text, bytes);
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Key {KeyId} of issuer {IssuerId} was used.")]
        public static partial void Used(ILogger logger, string issuerId, string keyId);

        [LoggerMessage(2, LogLevel.Warning, "A wrong issuer key was refused.")]
        public static partial void Refused(ILogger logger);
    }
}
