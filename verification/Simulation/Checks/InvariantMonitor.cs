using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>
/// Sees every change of the storage as it happens and says what must never be. It knows the storage's layout and nothing of the app's rules.
/// </summary>
public sealed class InvariantMonitor
{
    private readonly World _world;
    private readonly SteadyStateChecks _steadyState;
    private readonly TransitionChecks _transitions;
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<string, string> _mails = [];
    private readonly HashSet<string> _removed = [];
    private readonly Dictionary<string, List<(int Step, TableRow Row)>> _states = [];
    private int _wiped;
    private int _farewells;
    private int _step;

    public InvariantMonitor(World world)
    {
        _world = world;
        _steadyState = new SteadyStateChecks(world.Space, Add);
        _transitions = new TransitionChecks(world.Space, Add);
        Budget = new BudgetChecks(world, Add);
    }

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Passwords that were evaluated, each by the process that did it.</summary>
    public List<Host> Evaluations { get; } = [];

    public BudgetChecks Budget { get; }

    /// <summary>Told of every call that is let through.</summary>
    public Action<Call>? Let { get; set; }

    /// <summary>How many changes there were.</summary>
    public int Step => _step;

    public void Clear()
    {
        _violations.Clear();
        _removed.Clear();
        _states.Clear();
        _mails.Clear();
        Evaluations.Clear();
        (_wiped, _farewells, _step) = (0, 0, 0);
        Budget.Begin();
    }

    /// <summary>Nothing is under way that began before now.</summary>
    public void Forget() => _states.Clear();

    public void Add(int invariant, string what)
    {
        _violations.Add(new Violation(invariant, what));
        _world.Trace.Add($"!!! {_violations[^1]}");
    }

    /// <summary>A mail is about to leave: it must have been committed, and go where the state says.</summary>
    public void Sending(Actor actor, OutgoingMail mail)
    {
        var row = $"mail-{mail.Id:N}";
        var stored = _mails.TryGetValue(row, out var voucher)
            ? _world.Space.Find("vouchers", voucher, row)
            : _world.Space.Rows("vouchers").FirstOrDefault(each => each.Row == row);
        Budget.Sending(actor, stored?.Get("Template"), _step);
        if (stored is null)
        {
            // The farewell is the one mail that is not stored; it follows a deletion.
            if (++_farewells > _wiped && _farewells > _wiped + CountDeleting())
            {
                Add(14, "a mail is sent that no commit asked for");
            }
            return;
        }
        var state = _world.Space.Find("vouchers", stored.Partition, "state");
        var held = _states.GetValueOrDefault(stored.Partition, []).Where(each => each.Step >= actor.Began).Select(each => each.Row);
        if (!held.Append(state).OfType<TableRow>().Any(each => AddressIn(each, actor.Host) == mail.To))
        {
            Add(14, "a mail goes to an address that the state does not hold");
        }
    }

    public void Changed(Actor? actor, IReadOnlyList<RowRange> touched, TableContents before)
    {
        Budget.Changed(actor, ++_step);
        var vouchers = new HashSet<string>();
        foreach (var range in touched)
        {
            var old = before.Tables[range.Table].TryGetValue(KeyOrder.Key(range.Partition!, range.First), out var found) && found.Version != 0 ? found : null;
            var now = _world.Space.Find(range.Table, range.Partition!, range.First);
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
                else if (range.First.StartsWith("mail-", StringComparison.Ordinal))
                {
                    MailChanged(actor, old, now);
                }
            }
            else if (range.Table is "due" or "emails")
            {
                vouchers.UnionWith(new[] { old?.Get("Voucher"), now?.Get("Voucher") }.OfType<string>());
            }
        }
        foreach (var voucher in vouchers)
        {
            _steadyState.Check(voucher, Now(actor));
        }
    }

    private DateTimeOffset Now(Actor? actor) => actor?.Host.Clock.GetUtcNow() ?? _world.Now;

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
        _transitions.Check(Now(actor), old, now);
    }

    private void MailChanged(Actor? actor, TableRow? old, TableRow? now)
    {
        if (now is null)
        {
            _mails.Remove(old!.Row);
            MailRemoved(actor, old);
        }
        else
        {
            _mails[now.Row] = now.Partition;
        }
    }

    /// <summary>A mail that is still wanted goes only when the service has it.</summary>
    private void MailRemoved(Actor? actor, TableRow mail)
    {
        var id = Guid.ParseExact(mail.Row["mail-".Length..], "N");
        if (_world.Mailbox.HasAccepted(id))
        {
            return;
        }
        var state = _world.Space.Find("vouchers", mail.Partition, "state");
        var now = Now(actor);
        var isWanted = state is not null && state.Get("RegistrationId") == mail.Get("RegistrationId") && now < mail.Time("GiveUpAt") && mail.Get("Template") switch
        {
            "Activation" or "AddressCorrected" => state.Get("Status") == "Pending" && now < state.Time("PendingUntil") && state.Get("ActivationNonce") == mail.Get("Nonce"),
            "PasswordReset" => SteadyStateChecks.IsLive(state, now) && state.Get("ResetNonce") == mail.Get("Nonce"),
            "PasswordChanged" or "ExpiryReminder" => SteadyStateChecks.IsLive(state, now),
            "AccountClosed" or "ResetAfterEnd" => state.Get("Status") == "Superseded" || (state.Get("Status") == "Active" && now >= state.Time("AccessUntil")),
            _ => state.Get("Status") == "Deleting" && now < state.Time("FarewellUntil"),
        };
        if (isWanted)
        {
            Add(20, $"a mail {mail.Get("Template")} is dropped that is still wanted");
        }
    }

    private int CountDeleting() => _world.Space.Rows("vouchers").Count(row => row.Row == "state" && row.Get("Status") == "Deleting");

    private static string? AddressIn(TableRow state, Host host) => state.Get("SealedEmail") is { Length: > 0 } sealedEmail && state.Get("WrappedKey") is { Length: > 0 } key
        ? host.Services.GetRequiredService<AccountCipher>().OpenText(
            Convert.FromBase64String(key), state.Get("AccountId")!, "email", Convert.FromBase64String(sealedEmail))
        : null;
}
