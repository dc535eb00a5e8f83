using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Accounts;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Simulation.Running;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>
/// Sees every change of the storage as it happens and says what must never be. It knows the storage's layout and nothing of the app's rules.
/// </summary>
public sealed class Watch(World world)
{
    /// <summary>A flow reads the clock when it begins, its last call may come later, and hosts' clocks are apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly string[] Links = ["ActivationNonce", "ResetNonce"];
    private static readonly int[] ReminderDays = [14, 3, 0];

    private static readonly HashSet<(string, string)> Edges =
    [
        ("Issued", "Issued"), ("Issued", "Pending"), ("Issued", "Revoked"), ("Pending", "Pending"), ("Pending", "Issued"), ("Pending", "Active"), ("Pending", "Revoked"),
        ("Active", "Active"), ("Active", "Superseded"), ("Active", "Deleting"), ("Superseded", "Superseded"), ("Superseded", "Deleting"), ("Deleting", "Deleting"),
    ];

    private readonly List<Violation> _violations = [];
    private readonly HashSet<string> _removed = [];
    private readonly Dictionary<string, List<(int Step, TableRow Row)>> _states = [];
    private int _wiped;
    private int _farewells;
    private int _step;

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>How many passwords were compared or hashed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Told of every call that is let through.</summary>
    public Action<Call>? Let { get; set; }

    /// <summary>How many changes there were.</summary>
    public int Step => _step;

    public void Clear()
    {
        _violations.Clear();
        _removed.Clear();
        _states.Clear();
        (_wiped, _farewells, _step, Evaluations) = (0, 0, 0, 0);
    }

    public void Add(int invariant, string what)
    {
        _violations.Add(new Violation(invariant, what));
        world.Trace.Add($"          !!! {_violations[^1]}");
    }

    public void PasswordEvaluated() => Evaluations++;

    /// <summary>A mail is about to leave: it must have been committed, and go where the state says.</summary>
    public void Sending(Actor actor, OutgoingMail mail)
    {
        var row = $"mail-{mail.Id:N}";
        var stored = world.Space.Rows("vouchers").FirstOrDefault(each => each.Row == row);
        if (stored is null)
        {
            // The farewell is the one mail that is not stored; it follows a deletion.
            if (++_farewells > _wiped + CountDeleting())
            {
                Add(14, "a mail is sent that no commit asked for");
            }
            return;
        }
        var state = world.Space.Find("vouchers", stored.Partition, "state");
        var held = _states.GetValueOrDefault(stored.Partition, []).Where(each => each.Step >= actor.Began).Select(each => each.Row);
        if (!held.Append(state).OfType<TableRow>().Any(each => AddressIn(each, actor.Host) == mail.To))
        {
            Add(14, "a mail goes to an address that the state does not hold");
        }
    }

    public void Changed(Actor? actor, IReadOnlyList<RowRange> touched, TableContents before)
    {
        _step++;
        var vouchers = new HashSet<string>();
        foreach (var range in touched)
        {
            var old = before.Tables[range.Table].TryGetValue(KeyOrder.Key(range.Partition!, range.First), out var found) && found.Version != 0 ? found : null;
            var now = world.Space.Find(range.Table, range.Partition!, range.First);
            if (ReferenceEquals(old, now))
            {
                continue;
            }
            if (range.Table == "vouchers")
            {
                vouchers.Add(range.Partition!);
                if (range.First == "state")
                {
                    StateChanged(actor, old, now);
                }
                else if (range.First.StartsWith("mail-", StringComparison.Ordinal) && now is null)
                {
                    MailRemoved(actor, old!);
                }
            }
            else if (range.Table is "due" or "emails")
            {
                vouchers.UnionWith(new[] { old?.Get("Voucher"), now?.Get("Voucher") }.OfType<string>());
            }
        }
        foreach (var voucher in vouchers)
        {
            CheckVoucher(voucher, actor);
        }
    }

    private DateTimeOffset Now(Actor? actor) => actor?.Host.Clock.GetUtcNow() ?? world.Now;

    private void StateChanged(Actor? actor, TableRow? old, TableRow? now)
    {
        var voucher = (old ?? now)!.Partition;
        if (old is not null)
        {
            (_states.TryGetValue(voucher, out var states) ? states : _states[voucher] = []).Add((_step, old));
        }
        if (old is null)
        {
            if (actor?.Name.StartsWith("issue", StringComparison.Ordinal) != true && actor?.Name != "setting")
            {
                Add(4, $"{actor?.Name} creates a state");
            }
            if (!_removed.Add(voucher))
            {
                Add(1, "a voucher comes back that was used and deleted");
            }
            return;
        }
        if (now is null)
        {
            _wiped++;
            _removed.Add(voucher);
            if (old.Get("Status") != "Deleting")
            {
                Add(5, $"a voucher is removed that was {old.Get("Status")}");
            }
            return;
        }
        var (from, to) = (old.Get("Status")!, now.Get("Status")!);
        _wiped += to == "Deleting" && from != to ? 1 : 0;
        if (!Edges.Contains((from, to)))
        {
            Add(from is "Active" or "Superseded" or "Deleting" ? 1 : 5, $"{from} becomes {to}");
        }
        CheckTimes(actor, old, now, from, to);
        CheckMail(old, now);
    }

    /// <summary>A link is made together with the mail that brings it.</summary>
    private void CheckMail(TableRow old, TableRow now)
    {
        foreach (var link in Links)
        {
            if (now.Get(link) is { } nonce && nonce != old.Get(link) && RowsOf(now.Partition).All(row => row.Get("Nonce") != nonce))
            {
                Add(13, "a link without the mail that brings it");
            }
        }
    }

    private void CheckTimes(Actor? actor, TableRow old, TableRow now, string from, string to)
    {
        var isSameRegistration = old.Get("RegistrationId") is { } registration && registration == now.Get("RegistrationId");
        var isOver = from == "Pending" && Now(actor) + Tolerance >= old.Time("PendingUntil");
        if (isSameRegistration && old.Get("PendingUntil") != now.Get("PendingUntil"))
        {
            Add(8, "the end of a link is moved");
        }
        if (isSameRegistration && (old.Get("AccessUntil") != now.Get("AccessUntil") || old.Get("EnteredAt") != now.Get("EnteredAt")))
        {
            Add(11, "the end of the access is moved");
        }
        if (from == "Pending" && ((to == "Pending" && !isSameRegistration) || to == "Revoked") && !isOver)
        {
            Add(5, "a registration is replaced that is still waiting for its activation");
        }
        if (from == "Pending" && to == "Active" && Now(actor) - Tolerance >= old.Time("PendingUntil"))
        {
            Add(8, "a link works after its end");
        }
        if (to == "Active" && now.Get("SessionEpoch") is { } epoch && old.Get("SessionEpoch") is { } before && int.Parse(epoch, null) < int.Parse(before, null))
        {
            Add(10, "an old session would be accepted again");
        }
    }

    /// <summary>A mail that is still wanted goes only when the service has it.</summary>
    private void MailRemoved(Actor? actor, TableRow mail)
    {
        var id = Guid.ParseExact(mail.Row["mail-".Length..], "N");
        if (world.Mailbox.Accepted.Any(each => each.Id == id))
        {
            return;
        }
        var state = world.Space.Find("vouchers", mail.Partition, "state");
        var now = Now(actor);
        var isWanted = state is not null && state.Get("RegistrationId") == mail.Get("RegistrationId") && now < mail.Time("GiveUpAt") && mail.Get("Template") switch
        {
            "Activation" or "AddressCorrected" => state.Get("Status") == "Pending" && now < state.Time("PendingUntil") && state.Get("ActivationNonce") == mail.Get("Nonce"),
            "PasswordReset" => IsLive(state, now) && state.Get("ResetNonce") == mail.Get("Nonce"),
            "PasswordChanged" or "ExpiryReminder" => IsLive(state, now),
            "AccountClosed" => state.Get("Status") == "Superseded" || (state.Get("Status") == "Active" && now >= state.Time("AccessUntil")),
            _ => state.Get("Status") == "Deleting" && now < state.Time("FarewellUntil"),
        };
        if (isWanted)
        {
            Add(20, $"a mail {mail.Get("Template")} is dropped that is still wanted");
        }
    }

    private void CheckVoucher(string voucher, Actor? actor)
    {
        var now = Now(actor);
        var rows = RowsOf(voucher);
        var state = rows.FirstOrDefault(row => row.Row == "state");
        if (state is null)
        {
            if (rows.Count > 0)
            {
                Add(19, $"{rows[0].Row} has no state");
            }
            return;
        }
        var status = state.Get("Status");
        if ((status is "Active" or "Superseded") != (state.Get("PasswordHash") is not null))
        {
            Add(6, $"{status}, {(state.Get("PasswordHash") is null ? "without" : "with")} a password");
        }
        if (status == "Pending" && (state.Get("SealedName") is null or "" || state.Get("SealedEmail") is null or ""))
        {
            Add(7, "Pending, without name or address");
        }
        if (status is "Issued" or "Revoked" && (state.Get("SealedName") ?? state.Get("EmailHash") ?? state.Get("WrappedKey")) is not null)
        {
            Add(7, $"{status}, with a person's data");
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
            var claimed = world.Space.Find("emails", key, "claim")?.Get("Voucher");
            if (claimed == state.Partition)
            {
                continue;
            }
            var other = claimed is null ? null : world.Space.Find("vouchers", claimed, "state");
            var isSecond = other is not null && IsLive(other, now) && other.Get("EmailHash") == state.Get("EmailHash");
            Add(isSecond ? 2 : 3, isSecond ? "two live accounts of one address" : "a live account whose address is not claimed for it");
        }
    }

    /// <summary>Nothing that must happen later depends on somebody's memory.</summary>
    private void CheckDue(TableRow state, IReadOnlyList<TableRow> rows, DateTimeOffset now)
    {
        var status = state.Get("Status");
        if (status == "Pending" && !IsDue(state, DueKind.Lapse, state.Time("PendingUntil")!.Value, state.Get("ActivationNonce")!))
        {
            Add(13, "a registration that nothing will end");
        }
        if (status is "Active" or "Superseded")
        {
            var (accessUntil, account) = (state.Time("AccessUntil")!.Value, state.Get("AccountId")!);
            if (!IsDue(state, DueKind.Delete, accessUntil.AddYears(1).AddDays(-7), account) && !IsAnyDue(state, DueKind.Delete, accessUntil.AddYears(1)))
            {
                Add(12, "an account that nothing will delete in time");
            }
            if (status == "Active" && state.Get("ClosedAt") is null && !IsDue(state, DueKind.Lock, accessUntil, account))
            {
                Add(13, "an account that nothing will close");
            }
            foreach (var days in ReminderDays.Where(days => status == "Active" && now < accessUntil && !(int.Parse(state.Get("RemindedDaysBefore") ?? "99", null) <= days)))
            {
                var at = AccessPeriod.DayWithDaysLeft(accessUntil, days);
                if (at > now && !IsDue(state, DueKind.Remind, at, account))
                {
                    Add(13, $"no reminder {days} days before the end");
                }
            }
        }
        if (status == "Deleting" && !IsAnyDue(state, DueKind.Delete, DateTimeOffset.MaxValue))
        {
            Add(13, "a deletion that nothing will finish");
        }
        foreach (var mail in rows.Where(row => row.Row.StartsWith("mail-", StringComparison.Ordinal)))
        {
            if (!IsDue(state, DueKind.Mail, mail.Time("DueAt")!.Value, mail.Row["mail-".Length..])
                && !DueRows(state, DueKind.Mail).Any(due => due.Get("Tag") == mail.Row["mail-".Length..]))
            {
                Add(13, "a mail that nothing will send");
            }
        }
    }

    private bool IsDue(TableRow state, DueKind kind, DateTimeOffset at, string tag) =>
        VoucherId.TryParse(state.Partition, out var id) && world.Space.Find("due", DueItem.ShardOf(id), DueItem.RowPrefix(kind, at, id) + tag) is not null;

    private bool IsAnyDue(TableRow state, DueKind kind, DateTimeOffset until) => DueRows(state, kind).Any(row => row.Time("At") <= until);

    /// <summary>Looks at everything of the kind: for what is rare.</summary>
    private IEnumerable<TableRow> DueRows(TableRow state, DueKind kind)
    {
        var id = VoucherId.TryParse(state.Partition, out var parsed) ? parsed : throw new InvalidOperationException("A partition is no voucher.");
        var (all, shard, prefix) = (world.Space.Rows("due"), DueItem.ShardOf(id), $"{DueItem.KindName(kind)}-");
        var first = all.IndexOf(KeyOrder.Key(shard, prefix));
        for (var index = first < 0 ? ~first : first; index < all.Count && all[index].Partition == shard && all[index].Row.StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            if (all[index].Get("Voucher") == state.Partition)
            {
                yield return all[index];
            }
        }
    }

    private List<TableRow> RowsOf(string partition)
    {
        var all = world.Space.Rows("vouchers");
        var first = all.IndexOf(KeyOrder.Key(partition, ""));
        var rows = new List<TableRow>();
        for (var index = first < 0 ? ~first : first; index < all.Count && all[index].Partition == partition; index++)
        {
            rows.Add(all[index]);
        }
        return rows;
    }

    private int CountDeleting() => world.Space.Rows("vouchers").Count(row => row.Row == "state" && row.Get("Status") == "Deleting");

    private static bool IsLive(TableRow state, DateTimeOffset now) => state.Get("Status") == "Active" && now < state.Time("AccessUntil");

    private static string? AddressIn(TableRow state, Host host) => state.Get("SealedEmail") is { Length: > 0 } sealedEmail && state.Get("WrappedKey") is { Length: > 0 } key
        ? host.Services.GetRequiredService<AccountCipher>().OpenText(
            Convert.FromBase64String(key), state.Get("AccountId")!, "email", Convert.FromBase64String(sealedEmail))
        : null;
}
