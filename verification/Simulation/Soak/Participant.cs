using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using VoucherFunctions.Mail;
using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;
using Book = System.Collections.Immutable.ImmutableSortedDictionary<string, VoucherFunctions.Simulation.Flows.ModelVoucher>;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>One person over the year: what she has in her hands, and what the model says of her vouchers. After every step the storage is compared with it.</summary>
public sealed partial class Participant
{
    private const int MostTries = 4;
    private readonly World _world;
    private readonly Projection _projection;
    private DateTimeOffset _lastSeen;
    private int _sessions;

    public Participant(int number, World world)
    {
        _world = world;
        Number = number;
        ClientState["client"] = $"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
        foreach (var (name, address) in new[] { (Flow.Anne, "a"), (Flow.Beat, "b"), (Flow.Carla, "c") })
        {
            ClientState[name] = $"{address}{number}@example.ch";
        }
        _projection = new Projection(world.Host(0), ClientState);
    }

    public int Number { get; }

    public ClientState ClientState { get; } = new();

    public Book Model { get; private set; } = Book.Empty;

    public IEnumerable<string> Addresses => [ClientState.Address(Flow.Anne), ClientState.Address(Flow.Carla)];

    /// <summary>The office hands over a voucher.</summary>
    public void Receive(string id, string code)
    {
        var number = $"{Model.Count + 1}";
        (ClientState[$"id{number}"], ClientState[$"code{number}"]) = (id, code);
        Model = Model.SetItem(number, new ModelVoucher(Life.Issued));
    }

    /// <summary>A mail came: its link is in the person's hands now.</summary>
    public void Receive(OutgoingMail mail)
    {
        if (Token().Match(mail.Content.Text) is not { Success: true } match)
        {
            return;
        }
        var (isReset, token) = (match.Groups[1].Value == "reset", match.Groups[2].Value);
        var number = Model.FirstOrDefault(each => isReset ? each.Value.Reset is not null : each.Value.Life == Life.Pending).Key;
        if (number is null)
        {
            return;
        }
        var name = isReset ? "reset1" : $"token{number}";
        ClientState[name] = token;
        Model = Model.SetItem(number, isReset ? Model[number] with { Reset = name } : Model[number] with { Link = name });
    }

    /// <summary>Does one thing, again when no answer comes, and looks at what is stored then. <paramref name="isTwice"/>: a second process is asked the same at the same moment.</summary>
    public Reply Do(string name, int host, FaultPlan? plan, bool isTwice, Random random)
    {
        var flow = Flow.Of(name);
        var starts = Starts(name);
        var operations = new List<Operation>();
        _world.Traffic.Arm(plan);
        if (isTwice)
        {
            operations.AddRange(Race(flow, host, random));
        }
        for (var tried = operations.Count; tried < MostTries && (tried == 0 || operations[^1].Reply.IsUnsure); tried++)
        {
            var process = _world.Host(host);
            var operation = new Operation(flow, LabelOf(name, tried), process.Clock.GetUtcNow(), _world.Trace.Count);
            operation.Reply = _world.RunAlone(name, process, each => flow.RunAsync(each, ClientState));
            Answered(operation);
            operations.Add(operation);
            _world.StartPosted();
            _world.RunOut();
            if (random.Next(2) == 0)
            {
                _world.Traffic.ApplyLate();
            }
            _world.Traffic.Arm(null);
        }
        _world.Traffic.ApplyLate();
        Settle(starts, operations);
        return operations[^1].Reply;
    }

    /// <summary>Whether what is stored is what the model says, the deletion that is due included.</summary>
    public void Compare()
    {
        Model = Simulation.Flows.Model.Of("delete")[0](Model, "", _world.Now).Next;
        if (Stored() is var stored && stored != Describe(Model))
        {
            _world.InvariantMonitor.Add(16, $"participant {Number}: stored: {stored}. The model says: {Describe(Model)}");
        }
    }

    /// <summary>What a log-in finds: sessions that have ended, which it clears away, or not yet.</summary>
    private List<Book> Starts(string name)
    {
        if (name != "log in")
        {
            return [Model];
        }
        var older = Model.ToImmutableSortedDictionary(each => each.Key, each => each.Value with { Sessions = [.. each.Value.Sessions.Select(session => session == "cookie1" ? $"session {++_sessions}" : session)] });
        var ended = _world.Now - _lastSeen > TimeSpan.FromMinutes(60);
        return ended ? [Model.ToImmutableSortedDictionary(each => each.Key, each => each.Value with { Sessions = [] }), older] : [older];
    }

    private IEnumerable<Operation> Race(Flow flow, int host, Random random)
    {
        var asked = new List<(Operation Operation, Actor Actor)>();
        for (var index = 0; index < 2; index++)
        {
            var process = _world.Host((host + index) % 2);
            var operation = new Operation(flow, LabelOf(flow.Name, index), process.Clock.GetUtcNow(), 0);
            asked.Add((operation, _world.Start(index == 0 ? flow.Name : $"{flow.Name} again", process, each => flow.RunAsync(each, ClientState))));
        }
        while (asked.Where(each => each.Actor.Waiting.Count > 0).ToList() is { Count: > 0 } waiting)
        {
            _world.Let(waiting[random.Next(waiting.Count)].Actor.Waiting[0]);
            foreach (var (operation, actor) in asked.Where(each => each.Actor.IsDone && !each.Actor.IsDead && each.Operation.Answered == int.MaxValue))
            {
                operation.Reply = World.ReplyOf(actor);
                Answered(operation);
            }
        }
        _world.StartPosted();
        _world.RunOut();
        _world.Traffic.Arm(null);
        return asked.Select(each => each.Operation).OrderBy(each => each.Answered);
    }

    private void Answered(Operation operation)
    {
        _world.Trace.Add($"{operation.Flow} is answered: {operation.Reply}");
        operation.Answered = _world.Trace.Count;
    }

    private string LabelOf(string name, int tried) => name switch
    {
        "register" => "handle1",
        "register 2" => "second",
        _ => $"{name} {++_sessions} {tried}",
    };

    private void Settle(List<Book> starts, List<Operation> operations)
    {
        foreach (var operation in operations.Where(each => each.Reply.IsSuccess && each.Flow.Name == "register"))
        {
            ClientState["handle1"] = operation.Reply.Text("handle")!;
        }
        var stored = Stored();
        var ends = starts.SelectMany(start => History.States(start, operations)).ToList();
        var end = ends.Find(each => Describe(each) == stored);
        if (end is null)
        {
            _world.InvariantMonitor.Add(ends.Count == 0 ? 17 : 16, $"participant {Number}, stored: {stored}. What was answered ({string.Join(", ", operations)}) allows: {string.Join(" or ", ends.Select(Describe).Distinct())}");
            return;
        }
        Model = end;
        foreach (var operation in operations.Where(each => each.Reply.IsSuccess))
        {
            if (operation.Flow.Name == "register")
            {
                // That of an earlier registration is worth nothing now.
                ClientState.Remove("token1");
            }
            if (operation.Reply.Cookie is { Length: > 0 } cookie)
            {
                ClientState["cookie1"] = cookie;
                Model = Model.ToImmutableSortedDictionary(each => each.Key, each => each.Value with
                {
                    Sessions = [.. each.Value.Sessions.Select(session => session == operation.Label ? "cookie1" : session == "cookie1" ? $"session {++_sessions}" : session)],
                });
            }
        }
        if (operations.Exists(each => each.Reply.Cookie is not null || each.Flow.Needs.Contains("cookie1")))
        {
            _lastSeen = _world.Now;
        }
    }

    private string Describe(Book book) => string.Join("; ", book.Select(each => $"{each.Key} {Projection.Of(each.Value, _world.Now)}"
        + (each.Value.At(_world.Now) is Life.Pending or Life.Active ? $", entered {each.Value.EnteredAt:O}" : "")));

    private string Stored() => string.Join("; ", _projection.Of(_world, ClientState).Split("; ").Select(voucher => voucher + (voucher[2..] is ['P', ..] or ['A', ..]
        ? string.Create(CultureInfo.InvariantCulture, $", entered {_world.Space.Find("vouchers", ClientState[$"id{voucher[0]}"], "state")!.Time("EnteredAt"):O}")
        : "")));

    [GeneratedRegex("/(activate|reset)[^#]*#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
