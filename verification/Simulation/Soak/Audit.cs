using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>Whether the whole storage holds what the model says: every voucher, claim, document, mail and ledger entry, and nothing else.</summary>
public sealed class Audit(World world)
{
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(10);

    /// <summary>What had to have happened by now. <paramref name="calmSince"/>: when the last fault was.</summary>
    public void CheckTimes(DateTimeOffset calmSince)
    {
        foreach (var row in world.Space.Rows("vouchers"))
        {
            if (row.Row == "state")
            {
                CheckState(row, calmSince);
            }
            else if (row.Row.StartsWith("mail-", StringComparison.Ordinal) && Later(row.Time("CreatedAt")!.Value, calmSince) + Promised <= world.Now)
            {
                world.InvariantMonitor.Add(20, $"a mail {row.Get("Template")} waits for more than ten minutes");
            }
        }
    }

    /// <summary>Everything that is stored, against the model. Nothing may be under way.</summary>
    public void Check(IReadOnlyList<Participant> participants, int issued)
    {
        foreach (var participant in participants)
        {
            participant.Compare();
        }
        var vouchers = participants.SelectMany(each => each.Model.Select(voucher => (Id: each.ClientState[$"id{voucher.Key}"], Model: voucher.Value))).ToList();
        var gone = vouchers.Count(voucher => voucher.Model.Life == Life.Gone);
        Expect("states", issued - gone, world.Space.Rows("vouchers").Count(row => row.Row == "state"));
        Expect("erasures in the ledger", gone, world.Space.Rows("erasures").Count(row => row.Row == "erased"));
        Expect("deletions without a receipt", 0, world.Space.Rows("erasures").Count(row => row.Row.StartsWith("open-", StringComparison.Ordinal)));
        Expect("documents", vouchers.Sum(voucher => voucher.Model.Documents.Count), world.Space.Rows("vouchers").Count(row => row.Row.StartsWith("document-", StringComparison.Ordinal)));
        Expect("mails", 0, world.Space.Rows("vouchers").Count(row => row.Row.StartsWith("mail-", StringComparison.Ordinal)));
        CheckBlobs();
        CheckClaims(vouchers.Where(voucher => voucher.Model is { Life: Life.Active, IsSuperseded: false }).Select(voucher => voucher.Id).ToHashSet());
    }

    /// <summary>When every deadline has passed: unused vouchers, who issued them, that there were others, and nothing of anybody.</summary>
    public void CheckNothingIsLeft()
    {
        Expect("rows of vouchers that were used", 0, world.Space.Rows("vouchers").Count(row => row.Row != "state" || row.Get("Status") is not ("Issued" or "Revoked")));
        Expect("claims", 0, world.Space.Rows("emails").Count);
        Expect("due rows", 0, world.Space.Rows("due").Count);
        Expect("blobs", 0, world.Blobs.Blobs.Count);
        Expect("counters", 0, world.Space.Rows("throttle").Count);
    }

    private void CheckState(TableRow state, DateTimeOffset calmSince)
    {
        if (state.Get("Status") == "Pending" && Later(state.Time("PendingUntil")!.Value, calmSince) + Promised <= world.Now)
        {
            world.InvariantMonitor.Add(21, "a registration's data are there ten minutes after its end");
        }
        if (state.Get("Status") is "Active" or "Superseded" or "Deleting" && AccessPeriod.DeletedAtLatest(state.Time("AccessUntil")!.Value) <= world.Now)
        {
            world.InvariantMonitor.Add(22, "an account is there a year after its end");
        }
    }

    /// <summary>A document has its blob. Others are on the queue to be removed.</summary>
    private void CheckBlobs()
    {
        var noted = world.Space.Rows("due").Where(row => row.Row.StartsWith("blob-", StringComparison.Ordinal)).Select(row => row.Get("Tag")).ToHashSet();
        var named = world.Space.Rows("vouchers").Where(row => row.Row.StartsWith("document-", StringComparison.Ordinal)).Select(row => row.Get("BlobId")!).ToHashSet();
        var stored = world.Blobs.Blobs.Select(blob => (Id: blob.Key.Split('/')[^1], blob.Value)).ToList();
        Expect("documents whose content is not there", 0, named.Except(stored.Where(blob => blob.Value.Content is not null).Select(blob => blob.Id)).Count());
        Expect("blobs that nobody will remove", 0, stored.Count(blob => !named.Contains(blob.Id) && !noted.Contains(blob.Id)));
    }

    private void CheckClaims(HashSet<string> holders)
    {
        var claimed = world.Space.Rows("emails").Select(row => row.Get("Voucher")!).ToList();
        Expect("accounts without their claim", 0, holders.Except(claimed).Count());
        // Of an activation that came to nothing, until its registration has lapsed.
        Expect("claims of nobody", 0, claimed.Except(holders).Count(voucher => world.Space.Find("vouchers", voucher, "state")?.Get("Status") != "Pending" && !HasLapse(voucher)));
    }

    private bool HasLapse(string voucher) => world.Space.Rows("due").Any(row => row.Row.StartsWith("lapse-", StringComparison.Ordinal) && row.Get("Voucher") == voucher);

    private void Expect(string what, int expected, int stored)
    {
        if (expected != stored)
        {
            world.InvariantMonitor.Add(16, $"{what}: {stored} stored, and the model says {expected}");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a < b ? b : a;
}
