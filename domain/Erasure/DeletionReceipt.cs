using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoucherFunctions.Domain.Erasure;

/// <summary>Why an account was deleted: its time was over, its owner wanted it, or a restored copy had brought it back.</summary>
public enum DeletionReason
{
    AtEnd,
    ByWish,
    Again,
}

/// <summary>How many accounts were deleted, by the reason.</summary>
public sealed record DeletedAccounts(int AtEnd, int ByWish, int Again)
{
    public int Total => AtEnd + ByWish + Again;

    public static DeletedAccounts Of(IEnumerable<DeletionReason> reasons)
    {
        var counts = reasons.CountBy(reason => reason).ToDictionary();
        return new DeletedAccounts(
            counts.GetValueOrDefault(DeletionReason.AtEnd), counts.GetValueOrDefault(DeletionReason.ByWish), counts.GetValueOrDefault(DeletionReason.Again));
    }
}

/// <summary>
/// What one run deleted, chained to the receipt before it. Says nothing about anybody. Whoever changes, drops or reorders receipts breaks the chain
/// (infra/check-receipts.mjs, which counts the hashes again from what stands here).
/// </summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="CutOff">Everything that was due before this instant is deleted; null when it was no run over all that is due.</param>
/// <param name="Previous">The hash of the receipt before; of the first, zeros.</param>
public sealed record DeletionReceipt(int Number, DateTimeOffset At, DateTimeOffset? CutOff, DeletedAccounts Deleted, string Previous)
{
    private static readonly string Beginning = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>SHA-256, in hex, of the members as they stand in JSON, in this order, with bars between them.</summary>
    public string Hash { get; init; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Number}|{Text(At)}|{Text(CutOff)}|{Deleted.AtEnd}|{Deleted.ByWish}|{Deleted.Again}|{Previous}"))));

    /// <summary>Instants in whole seconds: the same text everywhere.</summary>
    public static DeletionReceipt After(DeletionReceipt? last, DateTimeOffset at, DateTimeOffset? cutOff, DeletedAccounts deleted) =>
        new((last?.Number ?? 0) + 1, Seconds(at), cutOff is { } until ? Seconds(until) : null, deleted, last?.Hash ?? Beginning);

    private static DateTimeOffset Seconds(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerSecond));

    private static string Text(DateTimeOffset? instant) => instant?.ToIso() ?? "";
}
