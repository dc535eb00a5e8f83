using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>What a voucher's state may become, and which of its times may move.</summary>
/// <param name="add">Told of a violation: the invariant's number and what happened.</param>
internal sealed class TransitionChecks(TableSpace space, Action<int, string> add)
{
    /// <summary>A flow reads the clock when it begins, its last call may come later, and hosts' clocks are apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly string[] Links = ["ActivationNonce", "ResetNonce"];

    private static readonly HashSet<(string, string)> Edges =
    [
        ("Issued", "Issued"), ("Issued", "Pending"), ("Issued", "Revoked"), ("Pending", "Pending"), ("Pending", "Issued"), ("Pending", "Active"), ("Pending", "Revoked"),
        ("Active", "Active"), ("Active", "Superseded"), ("Active", "Deleting"), ("Superseded", "Superseded"), ("Superseded", "Deleting"), ("Deleting", "Deleting"),
    ];

    public void Check(DateTimeOffset at, TableRow old, TableRow now)
    {
        var (from, to) = (old.Get("Status")!, now.Get("Status")!);
        if (!Edges.Contains((from, to)))
        {
            add(from is "Active" or "Superseded" or "Deleting" ? 1 : 5, $"{from} becomes {to}");
        }
        CheckTimes(at, old, now, from, to);
        CheckMail(old, now);
    }

    /// <summary>A link is made together with the mail that brings it.</summary>
    private void CheckMail(TableRow old, TableRow now)
    {
        foreach (var link in Links)
        {
            if (now.Get(link) is { } nonce && nonce != old.Get(link) && space.Partition("vouchers", now.Partition).All(row => row.Get("Nonce") != nonce))
            {
                add(13, "a link without the mail that brings it");
            }
        }
    }

    private void CheckTimes(DateTimeOffset at, TableRow old, TableRow now, string from, string to)
    {
        var isSameRegistration = old.Get("RegistrationId") is { } registration && registration == now.Get("RegistrationId");
        var isOver = from == "Pending" && at + Tolerance >= old.Time("PendingUntil");
        if (isSameRegistration && old.Get("PendingUntil") != now.Get("PendingUntil"))
        {
            add(8, "the end of a link is moved");
        }
        if (isSameRegistration && (old.Get("AccessUntil") != now.Get("AccessUntil") || old.Get("EnteredAt") != now.Get("EnteredAt")))
        {
            add(11, "the end of the access is moved");
        }
        if (from == "Pending" && ((to == "Pending" && !isSameRegistration) || to == "Revoked") && !isOver)
        {
            add(5, "a registration is replaced that is still waiting for its activation");
        }
        if (from == "Pending" && to == "Active" && at - Tolerance >= old.Time("PendingUntil"))
        {
            add(8, "a link works after its end");
        }
        if (to == "Active" && now.Get("SessionEpoch") is { } epoch && old.Get("SessionEpoch") is { } before && int.Parse(epoch, null) < int.Parse(before, null))
        {
            add(10, "an old session would be accepted again");
        }
    }
}
