using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Security;

/// <summary>What hashing costs: memory and passes over it.</summary>
public sealed record PasswordCost(long KibiBytes, int Passes);

/// <summary>Derives the tag of a password. Argon2id, but for tests that log in a million times.</summary>
public delegate byte[] DerivePassword(PasswordCost cost, string password, byte[] salt);

/// <summary>
/// Argon2id with the parameters of the OWASP password storage cheat sheet (19 MiB, 2 passes, 1 lane), stored as a PHC string
/// (https://github.com/P-H-C/phc-string-format): <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>. At most four are computed at once, so that the memory
/// stays bounded; a short queue waits, and who finds it full is told to come back. Whoever wants to compute takes a place first, before an attempt is counted: nobody is
/// held back for having come while the service was busy.
/// </summary>
public sealed class PasswordHasher(DerivePassword derive) : IDisposable
{
    private const int AtOnce = 4;
    private const int Waiting = 32;
    private const int SaltBytes = 16;
    private const int TagBytes = 32;
    private const string Prefix = "$argon2id$v=19$";
    private static readonly PasswordCost Current = new(19 * 1024, 2);
    private static readonly Refusal Busy = Problems.ServiceBusy with { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>What an unknown address is checked against, so that it takes as long as a known one.</summary>
    private static readonly string Nobody = Format(Current, new byte[SaltBytes], new byte[TagBytes]);

    private readonly DerivePassword _derive = derive;
    private readonly SemaphoreSlim _slots = new(AtOnce, AtOnce);
    private int _inside;

    public static byte[] Argon2id(PasswordCost cost, string password, byte[] salt)
    {
        var argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
            new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.KibiBytes, NumberOfPasses = cost.Passes });
        return argon2id.DeriveBytes(Encoding.UTF8.GetBytes(password), salt, TagBytes);
    }

    /// <summary>A place, to be given back; <c>service-busy</c> when there is none.</summary>
    public Result<Place> Enter()
    {
        if (Interlocked.Increment(ref _inside) <= AtOnce + Waiting)
        {
            return new Place(this);
        }
        Interlocked.Decrement(ref _inside);
        return Busy;
    }

    /// <summary>Whether the hash was made with other parameters than today's.</summary>
    public static bool IsOutdated(string stored) => Parse(stored).Cost != Current;

    public void Dispose() => _slots.Dispose();

    private async Task<T> ComputeAsync<T>(Func<T> compute, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Task.Factory.StartNew(compute, cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
        }
        finally
        {
            _slots.Release();
        }
    }

    private static string Format(PasswordCost cost, byte[] salt, byte[] tag) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}m={cost.KibiBytes},t={cost.Passes},p=1${Base64(salt)}${Base64(tag)}");

    private static (PasswordCost Cost, byte[] Salt, byte[] Tag) Parse(string stored)
    {
        var parts = stored.StartsWith(Prefix, StringComparison.Ordinal) ? stored[Prefix.Length..].Split('$') : [];
        var costs = parts is [{ } first, _, _] ? first.Split(',') : [];
        if (costs is not [{ } memory, { } passes, "p=1"])
        {
            throw new CryptographicException("A stored password hash is not one of ours.");
        }
        return (
            new PasswordCost(long.Parse(memory.AsSpan(2), CultureInfo.InvariantCulture), int.Parse(passes.AsSpan(2), CultureInfo.InvariantCulture)),
            FromBase64(parts[1]),
            FromBase64(parts[2]));
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));

    /// <summary>The right to compute.</summary>
    public sealed class Place : IDisposable
    {
        private readonly PasswordHasher _hasher;
        private int _isGivenBack;

        internal Place(PasswordHasher hasher) => _hasher = hasher;

        /// <summary>The last password that fitted did so in an older form only: it is to be hashed anew.</summary>
        public bool IsInOlderForm { get; private set; }

        public Task<string> HashAsync(string password, CancellationToken cancellation) => _hasher.ComputeAsync(() =>
        {
            var salt = RandomNumberGenerator.GetBytes(SaltBytes);
            return Format(Current, salt, _hasher._derive(Current, PasswordForms.Normal(password), salt));
        }, cancellation);

        /// <summary>
        /// Whether the password fits; with no stored hash it is computed all the same and never fits. What is computed after the first form depends on the password
        /// alone, so that a wrong one takes as long for an unknown address as for a known one.
        /// </summary>
        public Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancellation) => _hasher.ComputeAsync(() =>
        {
            var (cost, salt, tag) = Parse(stored ?? Nobody);
            bool Fits(string form) => CryptographicOperations.FixedTimeEquals(_hasher._derive(cost, form, salt), tag) && stored is not null;
            if (Fits(PasswordForms.Normal(password)))
            {
                return true;
            }
            IsInOlderForm = PasswordForms.Older(password) is { } older && Fits(older);
            return IsInOlderForm;
        }, cancellation);

        /// <summary>Gives it back, once: as soon as nothing is left to compute, since others wait.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                Interlocked.Decrement(ref _hasher._inside);
            }
        }
    }
}
