using Azure;

namespace VoucherFunctions.Storage;

/// <summary>The ETag that a domain record carries as text from its row.</summary>
internal static class StoredVersion
{
    /// <summary>Throws for a record that was never read: a change of it would be a mistake.</summary>
    public static ETag Of(string? version) => new(version ?? throw new ArgumentNullException(nameof(version)));

    /// <summary>Null for a record that was never read: its row is new.</summary>
    public static ETag? OfAny(string? version) => version is null ? null : new ETag(version);
}
