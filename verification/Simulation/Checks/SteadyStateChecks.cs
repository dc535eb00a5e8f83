using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>What must hold of one voucher at every moment, whatever happened before: its rows, its address's claim, and what waits for it in the queue.</summary>
public sealed class SteadyStateChecks(TableSpace space, Action<int, string> add)
{
    private const int AddressesADay = 3;
    private const int UploadsADay = 1_000;
    private static readonly int[] ReminderDays = [14, 3, 0];

    public static bool IsLive(TableRow state, DateTimeOffset now) => state.Get("Status") == "Active" && now < state.Time("AccessUntil");

    public void Check(string voucher, DateTimeOffset now)
    {
        var rows = space.Partition("vouchers", voucher);
        var state = rows.FirstOrDefault(row => row.Row == "state");
        if (state is null)
        {
            if (rows.Count > 0)
            {
                add(19, $"{rows[0].Row} has no state");
            }
            return;
        }
        var status = state.Get("Status");
        if (state.Get("MailedAddresses") is { Length: > 0 } mailed && mailed.Split(',').Count(address => MailedAddress.FromStored(address).At > now.AddDays(-1)) > AddressesADay)
        {
            add(25, "mail to more than three addresses in a day");
        }
        if (UploadBudget.FromStored(state.Get("Uploads")).Count > UploadsADay)
        {
            add(26, "more uploads than a day allows");
        }
        if ((status is "Active" or "Superseded") != (state.Get("PasswordHash") is not null))
        {
            add(6, $"{status}, {(state.Get("PasswordHash") is null ? "without" : "with")} a password");
        }
        if (status == "Pending" && (state.Get("SealedName") is null or "" || state.Get("SealedEmail") is null or ""))
        {
            add(7, "Pending, without name or address");
        }
        if (status is "Issued" or "Revoked" && (state.Get("SealedName") ?? state.Get("EmailHash") ?? state.Get("WrappedKey")) is not null)
        {
            add(7, $"{status}, with a person's data");
        }
        if (IsLive(state, now))
        {
            CheckClaims(state, now);
        }
        CheckDue(state, rows, now);
    }

    private void CheckClaims(TableRow state, DateTimeOffset now)
    {
        foreach (var key in EmailHash.FromStored(state.Get("EmailHash")!).Claims)
        {
            var claimed = space.Find("emails", key, "claim")?.Get("Voucher");
            if (claimed == state.Partition)
            {
                continue;
            }
            var other = claimed is null ? null : space.Find("vouchers", claimed, "state");
            var isSecond = other is not null && IsLive(other, now) && other.Get("EmailHash") == state.Get("EmailHash");
            add(isSecond ? 2 : 3, isSecond ? "two live accounts of one address" : "a live account whose address is not claimed for it");
        }
    }

    /// <summary>Nothing that must happen later depends on somebody's memory.</summary>
    private void CheckDue(TableRow state, IReadOnlyList<TableRow> rows, DateTimeOffset now)
    {
        var status = state.Get("Status");
        if (status == "Pending" && !IsDue(state, DueKind.Lapse, state.Time("PendingUntil")!.Value, state.Get("ActivationNonce")!))
        {
            add(13, "a registration that nothing will end");
        }
        if (status is "Active" or "Superseded")
        {
            var (accessUntil, account) = (state.Time("AccessUntil")!.Value, state.Get("AccountId")!);
            if (!IsDue(state, DueKind.Delete, accessUntil.AddYears(1).AddDays(-7), account) && !IsAnyDue(state, DueKind.Delete, accessUntil.AddYears(1)))
            {
                add(12, "an account that nothing will delete in time");
            }
            if (status == "Active" && state.Get("ClosedAt") is null && !IsDue(state, DueKind.Lock, accessUntil, account))
            {
                add(13, "an account that nothing will close");
            }
            foreach (var days in ReminderDays.Where(days => status == "Active" && now < accessUntil && !(int.Parse(state.Get("RemindedDaysBefore") ?? "99", null) <= days)))
            {
                var at = VoucherId.TryParse(state.Partition, out var id) ? AccountDue.ReminderAt(id, accessUntil, days) : throw new InvalidDataException("A state row names no voucher.");
                if (at > now && !IsDue(state, DueKind.Remind, at, account))
                {
                    add(13, $"no reminder {days} days before the end");
                }
            }
        }
        if (status == "Deleting" && !IsAnyDue(state, DueKind.Delete, now.AddDays(1)))
        {
            add(13, "a deletion that nothing will finish");
        }
        foreach (var mail in rows.Where(row => row.Row.StartsWith("mail-", StringComparison.Ordinal)))
        {
            if (!IsDue(state, DueKind.Mail, mail.Time("DueAt")!.Value, mail.Row["mail-".Length..])
                && !DueRows(state, DueKind.Mail).Any(due => due.Get("Tag") == mail.Row["mail-".Length..]))
            {
                add(13, "a mail that nothing will send");
            }
        }
    }

    private bool IsDue(TableRow state, DueKind kind, DateTimeOffset at, string tag) =>
        VoucherId.TryParse(state.Partition, out var id) && space.Find("due", DueItem.ShardOf(id), DueItem.RowPrefix(kind, at, id) + tag) is not null;

    private bool IsAnyDue(TableRow state, DueKind kind, DateTimeOffset until) => DueRows(state, kind).Any(row => row.Time("At") <= until);

    /// <summary>Looks at everything of the kind: for what is rare.</summary>
    private IEnumerable<TableRow> DueRows(TableRow state, DueKind kind)
    {
        var id = VoucherId.TryParse(state.Partition, out var parsed) ? parsed : throw new InvalidOperationException("A partition is no voucher.");
        var (all, shard, prefix) = (space.Rows("due"), DueItem.ShardOf(id), $"{DueItem.KindName(kind)}-");
        var first = all.IndexOf(KeyOrder.Key(shard, prefix));
        for (var index = first < 0 ? ~first : first; index < all.Count && all[index].Partition == shard && all[index].Row.StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            if (all[index].Get("Voucher") == state.Partition)
            {
                yield return all[index];
            }
        }
    }
}
