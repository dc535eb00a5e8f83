namespace VoucherFunctions.Domain.Keys;

public enum RingName
{
    Hashing,
    Encryption,
}

/// <summary>The rings that this instance was started with.</summary>
public sealed record KeyRings(KeyRing Hashing, KeyRing Encryption)
{
    public static IReadOnlyList<RingName> Names { get; } = Enum.GetValues<RingName>();

    public KeyRing Of(RingName name) => name == RingName.Hashing ? Hashing : Encryption;
}
