using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoucherFunctions.Local;

/// <summary>
/// The keys of one local installation: random, made at the first start and kept beside the data they protect. There is no key in the repository
/// that could find its way to a real system.
/// </summary>
public sealed record LocalSecrets(string Hashing, string Encryption, string AdminKey)
{
    /// <summary>The office that local vouchers come from; set once it exists.</summary>
    public string? IssuerKey { get; init; }

    [JsonIgnore]
    public string AdminKeyHash => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(AdminKey)));

    public static LocalSecrets Load(string file) => File.Exists(file)
        ? JsonSerializer.Deserialize<LocalSecrets>(File.ReadAllText(file)) ?? New()
        : New();

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    private static LocalSecrets New() => new($"1:{Key()}", $"1:{Key()}", $"admin_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
