using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>
/// Faults have stopped and the clock runs on, from one thing that is due to the next, until everything is over: what was promised for then is looked at.
/// </summary>
public sealed class Recovery(World world, Projection projection, VisitedStates visited)
{
    private const int MostCallsOfAnIdleSweep = 16 + 3;
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OrphansGone = TimeSpan.FromMinutes(80);
    private static readonly TimeSpan CountersGone = TimeSpan.FromDays(3);
    private static readonly (string Kind, Flow Flow)[] Timers =
        [("lapse", Flow.Of("lapse")), ("remind", Flow.Of("remind")), ("lock", Flow.Of("lock")), ("delete", Flow.Of("delete")), ("mail", Flow.Of("send mail")), ("blob", Flow.Of("orphan blobs"))];

    private readonly Dictionary<string, string> _cookies = [];
    private IReadOnlyList<(string Voucher, DateTimeOffset Until)> _alive = [];

    /// <summary>How often it was gone through, and how often it was the same as one before.</summary>
    public (int Run, int Known) Counts { get; private set; }

    public void ToTheEnd(Scene scene, ClientState known)
    {
        _cookies.Clear();
        var begun = world.Now;
        RunMail();
        if (!IsNew(scene, []))
        {
            Counts = Counts with { Known = Counts.Known + 1 };
            return;
        }
        Counts = Counts with { Run = Counts.Run + 1 };
        _alive = [.. world.Space.Rows("vouchers").Where(row => row.Row == "state" && SteadyStateChecks.IsLive(row, world.Now)).Select(row => (row.Partition, row.Time("AccessUntil")!.Value))];
        Settle(known, begun);
        var probes = Probes(known);
        if (!IsNew(scene, probes.Keys))
        {
            return;
        }
        CheckIdle(known);
        while (world.InvariantMonitor.Violations.Count == 0)
        {
            var next = NextDue();
            var probe = probes.Count > 0 ? probes.Keys[0] : DateTimeOffset.MaxValue;
            if (probe <= next && probe < DateTimeOffset.MaxValue)
            {
                world.MoveTo(probe);
                probes.Values[0]();
                probes.RemoveAt(0);
            }
            else if (next < DateTimeOffset.MaxValue)
            {
                world.MoveTo(next);
            }
            else
            {
                break;
            }
            Settle(known, world.Now);
            if (!IsNew(scene, probes.Keys))
            {
                return;
            }
        }
        CheckNothingIsLeft();
        // Nothing is due any more: when all of it happened makes no difference.
        if (world.InvariantMonitor.Violations.Count > 0 || !visited.TryAdd($"{scene.Name} {Fingerprint.WithoutTimes(world)}"))
        {
            return;
        }
        // Counters of past days, which hurry nobody.
        world.MoveTo(world.Now + CountersGone);
        world.RunAlone("lapse", world.Host(0), host => Flow.Of("lapse").RunAsync(host, known));
        CheckIdle(known);
    }

    /// <summary>Whether this was not gone on from before, with the same left to try: runs that come to the same go the same way from there. What broke is always gone on from.</summary>
    private bool IsNew(Scene scene, IEnumerable<DateTimeOffset> probes) =>
        visited.TryAdd($"{scene.Name} {Fingerprint.Of(world)} {string.Join(' ', probes.Select(probe => probe.UtcTicks))}") || world.InvariantMonitor.Violations.Count > 0;

    /// <summary>What is due is done, again and again, until nothing is.</summary>
    private void Settle(ClientState known, DateTimeOffset begun)
    {
        while (true)
        {
            RunMail();
            foreach (var (kind, flow) in Timers.Where(timer => IsDue(timer.Kind)))
            {
                var reply = world.RunAlone(flow.Name, world.Host(0), host => flow.RunAsync(host, known));
                RunMail();
                if (!reply.IsSuccess)
                {
                    world.InvariantMonitor.Add(24, $"the timer {flow} fails though nothing else does: {reply}");
                }
            }
            CheckTimes(begun);
            CheckAlive();
            if (NextDue() > world.Now || world.InvariantMonitor.Violations.Count > 0)
            {
                return;
            }
            if (world.Now - begun > OrphansGone)
            {
                world.InvariantMonitor.Add(24, "something stays due for ever");
                return;
            }
            world.MoveTo(world.Now + Minutes);
        }
    }

    private void RunMail()
    {
        world.StartPosted();
        world.RunOut();
    }

    private bool IsDue(string kind) => world.Space.Rows("due").Any(row => row.Row.StartsWith(kind, StringComparison.Ordinal) && row.Time("At") <= world.Now);

    private DateTimeOffset NextDue() => world.Space.Rows("due").Select(row => row.Time("At")!.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    private void CheckTimes(DateTimeOffset begun)
    {
        foreach (var row in world.Space.Rows("vouchers"))
        {
            if (row.Row == "state")
            {
                CheckState(row, begun);
            }
            else if (row.Row.StartsWith("mail-", StringComparison.Ordinal) && Later(row.Time("CreatedAt")!.Value, begun) + Promised <= world.Now)
            {
                world.InvariantMonitor.Add(20, $"a mail {row.Get("Template")} waits for more than ten minutes");
            }
        }
    }

    /// <summary>Nobody asks for anything any more, so nothing ends before its time; and whatever is stored is somebody's, or is looked at again.</summary>
    private void CheckAlive()
    {
        foreach (var (voucher, until) in _alive.Where(account => world.Now < account.Until))
        {
            if (world.Space.Find("vouchers", voucher, "state") is not { } state || !SteadyStateChecks.IsLive(state, world.Now))
            {
                world.InvariantMonitor.Add(17, "an account ends before its time");
            }
        }
        foreach (var content in Contents.OfNobody(world))
        {
            world.InvariantMonitor.Add(13, $"a content that no document names and nothing will remove: {content}");
        }
    }

    private void CheckState(TableRow state, DateTimeOffset begun)
    {
        // Of an account that is being deleted the contents go before their rows.
        foreach (var document in world.Space.Rows("vouchers").Where(row =>
            state.Get("Status") != "Deleting" && row.Partition == state.Partition && row.Row.StartsWith("document-", StringComparison.Ordinal)))
        {
            if (world.Blobs.Blobs.GetValueOrDefault($"documents/{state.Get("AccountId")}/{document.Get("BlobId")}") is not { Content: not null })
            {
                world.InvariantMonitor.Add(16, "a document whose content is not there");
            }
        }
        if (state.Get("Status") == "Pending" && Later(state.Time("PendingUntil")!.Value, begun) + Promised <= world.Now)
        {
            world.InvariantMonitor.Add(21, "a registration's data are there ten minutes after its end");
        }
        if (state.Time("AccessUntil") is { } accessUntil && Later(AccessPeriod.DeletedAtLatest(accessUntil), begun) <= world.Now && state.Get("Status") != "Pending")
        {
            world.InvariantMonitor.Add(22, "an account is there a year after its end");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a < b ? b : a;

    /// <summary>What people try at the very instant at which it must not work any more, before any timer runs.</summary>
    private SortedList<DateTimeOffset, Action> Probes(ClientState known)
    {
        var probes = new SortedList<DateTimeOffset, Action>();
        foreach (var (index, voucher) in new[] { known["id1"], known["id2"] }.Index())
        {
            var state = world.Space.Find("vouchers", voucher, "state");
            if (state?.Get("Status") == "Pending" && state.Time("PendingUntil") is { } pendingUntil && pendingUntil > world.Now && known.Has($"token{index + 1}"))
            {
                probes[pendingUntil.AddTicks(index)] = () => TryLink(known, index == 0 ? "activate" : "activate 2");
            }
            if (state?.Get("Status") == "Active" && state.Time("AccessUntil") is { } accessUntil && accessUntil - Minutes > world.Now && projection.Holder(state) is { Address: { } address, Password: { } password })
            {
                probes[accessUntil - Minutes] = () => LogIn(voucher, address, password, expected: "200");
                probes[accessUntil] = () =>
                {
                    LogIn(voucher, address, password, expected: "403 account-expired");
                    ReadProfile(voucher);
                };
            }
        }
        return probes;
    }

    private void TryLink(ClientState known, string flow)
    {
        var reply = world.RunAlone(flow, world.Host(0), host => Flow.Of(flow).RunAsync(host, known));
        if (reply.Status != 410)
        {
            world.InvariantMonitor.Add(8, $"a link is answered {reply} at its end");
        }
    }

    private void LogIn(string voucher, string address, string password, string expected)
    {
        var reply = world.RunAlone("log in", world.Host(0), host => host.SendAsync(
            "POST", "/api/sessions", new() { ["email"] = address, ["password"] = password }, client: $"10.9.{world.Run & 255}.{world.Trace.Count & 255}"));
        if (reply.ToString() != expected)
        {
            world.InvariantMonitor.Add(expected == "200" ? 16 : 9, $"a log-in is answered {reply} and not {expected}");
        }
        _cookies[voucher] = reply.Cookie ?? _cookies.GetValueOrDefault(voucher, "");
    }

    private void ReadProfile(string voucher)
    {
        var reply = world.RunAlone("profile", world.Host(0), host => host.SendAsync("GET", "/api/profile", cookie: _cookies.GetValueOrDefault(voucher)));
        if (reply.IsSuccess)
        {
            world.InvariantMonitor.Add(9, "a session reads the profile after the end");
        }
    }

    /// <summary>Running everything again changes nothing and looks at nothing but what is due.</summary>
    private void CheckIdle(ClientState known)
    {
        if (world.InvariantMonitor.Violations.Count > 0)
        {
            return;
        }
        var before = world.Save();
        // Counters of past days are cleared, and a deletion gets its receipt, by the next run that comes by: that is work, though no due row says so.
        var others = before.Contents.Tables["throttle"].Count + before.Contents.Tables["erasures"].Count(row => row.Row.StartsWith("open-", StringComparison.Ordinal));
        foreach (var (_, flow) in Timers)
        {
            var calls = world.Trace.Count;
            world.RunAlone(flow.Name, world.Host(0), host => flow.RunAsync(host, known));
            if (world.Trace.Count - calls > MostCallsOfAnIdleSweep && others == 0)
            {
                world.InvariantMonitor.Add(23, $"{flow} makes {world.Trace.Count - calls} calls with nothing due");
            }
        }
        if (!ReferenceEquals(before.Contents.Tables["vouchers"], world.Save().Contents.Tables["vouchers"])
            || !ReferenceEquals(before.Contents.Tables["due"], world.Save().Contents.Tables["due"]))
        {
            world.InvariantMonitor.Add(24, "running everything again changes something");
        }
    }

    private void CheckNothingIsLeft()
    {
        foreach (var row in world.Space.Rows("vouchers").Where(row => row.Row != "state" || row.Get("Status") is not ("Issued" or "Revoked")))
        {
            world.InvariantMonitor.Add(22, $"{row.Row} {row.Get("Status")} is left");
        }
        foreach (var blob in world.Blobs.Blobs.Keys)
        {
            world.InvariantMonitor.Add(22, $"the blob {blob} is left");
        }
        if (world.Space.Rows("emails").Count > 0)
        {
            world.InvariantMonitor.Add(22, "a claim is left");
        }
    }
}
