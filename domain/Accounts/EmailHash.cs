using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// The keyed hash of an address under every key of the ring, the oldest first: <c>1:hash</c> or <c>1:hash,2:hash</c>.
/// An address is claimed under each, in this order, so that hosts with an older and a newer ring exclude each other.
/// </summary>
public sealed record EmailHash
{
    private const int Bytes = 20;

    private EmailHash(string value) => Value = value;

    /// <summary>As stored.</summary>
    public string Value { get; }

    /// <summary>The keys of the claims, the oldest first.</summary>
    public IEnumerable<string> Claims => Value.Split(',').Select(part => part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    public static EmailHash Of(EmailAddress email, HashingKeys keys) =>
        new(string.Join(',', keys.Versions.Order().Select(version =>
            $"{version}:{Base32.Encode(keys.Hash(version, HashPurpose.Email, email.Normalised).AsSpan(0, Bytes))}")));

    /// <summary>Takes a stored value back.</summary>
    public static EmailHash FromStored(string value) => new(value);

    /// <summary>Whether both are of one address: they share a hash under some key.</summary>
    public bool Matches(EmailHash other) => Value.Split(',').Intersect(other.Value.Split(',')).Any();
}
