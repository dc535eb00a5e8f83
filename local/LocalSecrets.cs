using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Local;

/// <summary>
/// The keys of one local installation: random, made at the first start and kept beside the data they protect. There is no key in the repository
/// that could find its way to a real system, and these are marked: the app refuses them with a storage or a website that is not on this machine.
/// </summary>
public sealed record LocalSecrets(string Hashing, string Encryption, string AdminKey)
{
    /// <summary>The office that local vouchers come from; set once it exists.</summary>
    public string? IssuerKey { get; init; }

    [JsonIgnore]
    public string AdminKeyHash => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(AdminKey)));

    public static LocalSecrets Load(string file) => File.Exists(file)
        ? JsonSerializer.Deserialize<LocalSecrets>(File.ReadAllText(file))?.Marked() ?? New()
        : New();

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    /// <summary>Keys that were made before there was a mark are the same with it.</summary>
    private LocalSecrets Marked() => this with { Hashing = Mark(Hashing), Encryption = Mark(Encryption) };

    private static string Mark(string ring) => ring.StartsWith(KeyRing.DevelopmentMark, StringComparison.Ordinal) ? ring : KeyRing.DevelopmentMark + ring;

    private static LocalSecrets New() => new(Mark($"1:{Key()}"), Mark($"1:{Key()}"), $"admin_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
