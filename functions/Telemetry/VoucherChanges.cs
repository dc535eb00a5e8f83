using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Telemetry;

/// <summary>What a commit did to a voucher, in the words of the metric <see cref="Metric.Changes"/>; test vouchers are in no statistics.</summary>
public static class VoucherChanges
{
    public static IEnumerable<string> Of(Voucher before, Voucher after, DateTimeOffset now)
    {
        if (before.IsTest)
        {
            yield break;
        }
        // Somebody else may be registered before the timer has tidied up: then the first registration lapsed by the clock alone.
        if (before.Status == StoredStatus.Pending && after.Registration?.AccountId != before.Registration!.AccountId)
        {
            yield return before.StatusAt(now) == VoucherStatus.Pending ? "cancelled" : "lapsed";
        }
        switch (after.Status)
        {
            case StoredStatus.Pending when after.Registration!.AccountId != before.Registration?.AccountId:
                yield return "registered";
                break;
            case StoredStatus.Active when before.Status == StoredStatus.Pending:
                yield return "activated";
                break;
            case StoredStatus.Active when after.Account!.ClosedAt is not null && before.Account!.ClosedAt is null:
                yield return "locked";
                break;
            case StoredStatus.Revoked when before.Status != StoredStatus.Revoked:
                yield return "revoked";
                break;
            case StoredStatus.Deleting when before.Status != StoredStatus.Deleting:
                yield return before.StatusAt(now) == VoucherStatus.Active ? "erased" : "deleted";
                break;
        }
    }
}
