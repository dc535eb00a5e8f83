using System.Collections.Immutable;
using System.Security.Cryptography;
using VoucherFunctions.InMemoryStorage.Blobs;
using VoucherFunctions.InMemoryStorage.Http;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Mail;
using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Running;

/// <summary>Everything stored, and when: what a run begins with. Free to keep, since nothing in it ever changes.</summary>
public sealed record Moment(TableContents Contents, ImmutableSortedDictionary<string, StoredBlob> Blobs, DateTimeOffset Now);

/// <summary>
/// Storage, mail service, time and the processes of the app, on one thread. Every call to storage and mail service waits here until it is let through, with a fault or
/// without. Not for several threads; each explorer has its own.
/// </summary>
public sealed class World
{
    private const int RunsOfOneHost = 500;
    private const int MostCallsOfARun = 20_000;
    private static readonly DateTimeOffset Beginning = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly TableSpace _space;
    private readonly TableService _service;
    private readonly Dictionary<MemoryRequest, Call> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Host Host, Posted Posted)> _posted = [];
    private readonly List<StorageCall> _late = [];
    private readonly Host?[] _hosts = new Host?[2];
    private string _hashing = $"1:{Convert.ToBase64String(SHA256.HashData("hashing"u8))}";
    private int _runs;
    private bool _isPaused;

    public World()
    {
        Now = Beginning;
        _space = new TableSpace(() => Now);
        _service = new TableService(_space);
        Tables = new MemoryTransport(Receive);
        BlobRequests = new MemoryTransport(ReceiveBlob);
        Mailbox = new SimulatedMailbox(this);
        Labels = new Labels(this);
        Watch = new Watch(this);
        foreach (var table in StorageTables.Names)
        {
            _space.TryCreate(table);
        }
    }

    public DateTimeOffset Now { get; private set; }

    public OneThread Thread { get; } = new();

    public MemoryTransport Tables { get; }

    public MemoryTransport BlobRequests { get; }

    public BlobSpace Blobs { get; } = new();

    public SimulatedMailbox Mailbox { get; }

    public Watch Watch { get; }

    public Labels Labels { get; }

    public TableSpace Space => _space;

    public List<Actor> Actors { get; } = [];

    public FaultPlan? Plan { get; set; }

    /// <summary>Whether what arrives late is let through like any other call, or when <see cref="ApplyLate"/> says.</summary>
    public bool IsLateAnActor { get; set; }

    /// <summary>Whether the planned fault has happened.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>A number no other run of this world has: for network addresses, so that what a host remembers of one run means nothing to the next.</summary>
    public int Run => _runs;

    /// <summary>What happened, in order, for people.</summary>
    public List<string> Trace { get; } = [];

    public IReadOnlyList<StorageCall> Late => _late;

    public bool HasPosted => _posted.Count > 0;

    /// <summary>The process of this number; a new one when it died.</summary>
    public Host Host(int number)
    {
        if (_hosts[number] is null)
        {
            _hosts[number] = new Host($"host {number + 1}", this, _hashing);
        }
        return _hosts[number]!;
    }

    /// <summary>From now on the hashing keys have a newer one in front.</summary>
    public void Rotate()
    {
        _hashing = $"2:{Convert.ToBase64String(SHA256.HashData("newer"u8))},{_hashing}";
        foreach (var host in _hosts.OfType<Host>().ToList())
        {
            Kill(host);
        }
    }

    public Moment Save() => new(_space.Save(), Blobs.Blobs, Now);

    /// <summary>Begins another run.</summary>
    public void Load(Moment moment)
    {
        _space.Load(moment.Contents);
        Blobs.Load(moment.Blobs);
        Now = moment.Now;
        // What a process remembers from run to run is nothing that matters, but for this: how long the mail service wants to be left alone.
        var isOld = _isPaused || ++_runs % RunsOfOneHost == 0;
        Plan = null;
        HasFailed = _isPaused = false;
        Actors.Clear();
        _calls.Clear();
        _posted.Clear();
        _late.Clear();
        Trace.Clear();
        Mailbox.Clear();
        Watch.Clear();
        Labels.Clear();
        if (isOld)
        {
            foreach (var old in _hosts.OfType<Host>().ToList())
            {
                Kill(old);
            }
        }
        foreach (var host in _hosts.OfType<Host>())
        {
            while (host.TakePosted() is not null)
            {
            }
            host.Clock.Set(Now);
        }
    }

    public void MoveTo(DateTimeOffset now)
    {
        Now = now > Now ? now : Now;
        foreach (var host in _hosts)
        {
            host?.Clock.MoveTo(Now);
        }
        Thread.RunAll();
    }

    public Actor Start(string name, Host host, Func<Host, Task<Reply>> work)
    {
        var actor = new Actor(name, host) { Began = Watch.Step };
        Actors.Add(actor);
        actor.Task = Task.Factory.StartNew(
            () =>
            {
                Actor.Current = actor;
                return work(host);
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            Thread).Unwrap();
        Settle();
        return actor;
    }

    /// <summary>Everything that waits, one call after the other, the oldest actor first.</summary>
    public void RunOut()
    {
        while (Actors.FirstOrDefault(actor => actor.Waiting.Count > 0) is { } next)
        {
            Let(next.Waiting[0]);
        }
    }

    /// <summary>Runs one request from beginning to end.</summary>
    public Reply RunAlone(string name, Host host, Func<Host, Task<Reply>> work)
    {
        var actor = Start(name, host, work);
        while (actor.Waiting.Count > 0)
        {
            Let(actor.Waiting[0]);
        }
        return ReplyOf(actor);
    }

    /// <summary>What the app left for its background, as actors.</summary>
    public void StartPosted()
    {
        foreach (var (host, posted) in _posted.ToList())
        {
            _posted.Remove((host, posted));
            Start("background mail", host, each => BackgroundMail.SendAsync(each, posted));
        }
    }

    public void ForgetPosted() => _posted.Clear();

    /// <summary>Null answers: the process died.</summary>
    public static Reply ReplyOf(Actor actor) => actor.Task.IsCompletedSuccessfully ? actor.Task.Result : Reply.None;

    /// <summary>Lets one call through, as the plan says.</summary>
    public void Let(Call call)
    {
        var actor = call.Actor!;
        actor.Waiting.Remove(call);
        if (Trace.Count > MostCallsOfARun)
        {
            throw new InvalidOperationException($"A run does not end: {string.Join('\n', Trace.TakeLast(60))}");
        }
        var fault = Plan is { } plan && plan.Actor == actor.Name && plan.Call == call.Number ? plan.Fault : Fault.None;
        HasFailed |= fault != Fault.None;
        Note(actor, call, fault);
        Labels.Saw(actor, call, (ulong)fault);
        Watch.Let?.Invoke(call);
        switch (call)
        {
            case StorageCall storage:
                Let(storage, fault);
                break;
            case MailCall mail:
                Let(mail, fault);
                break;
        }
        Settle();
    }

    /// <summary>What was under way when its caller gave up arrives after all.</summary>
    public void ApplyLate()
    {
        foreach (var late in _late.ToList())
        {
            _late.Remove(late);
            Trace.Add($"          late: {late}");
            Apply(late);
        }
    }

    public void Kill(Host host)
    {
        _hosts[Array.IndexOf(_hosts, host)] = null;
        host.Dispose();
        _posted.RemoveAll(each => each.Host == host);
        foreach (var actor in Actors.Where(actor => actor.Host == host && !actor.IsDone))
        {
            actor.Waiting.Clear();
            actor.IsDead = true;
        }
        Thread.Clear();
    }

    internal static void Receive(MailCall call) => call.Actor!.Waiting.Add(call);

    private void Delay(StorageCall call)
    {
        if (IsLateAnActor)
        {
            var late = new Actor($"{call.Actor!.Name}, late", call.Actor.Host) { Task = Task.FromResult(Reply.None) };
            late.Waiting.Add(call.ArrivingAs(late));
            Actors.Add(late);
        }
        else
        {
            _late.Add(call);
        }
    }

    private void Let(StorageCall call, Fault fault)
    {
        switch (fault)
        {
            case var _ when call.Original is not null:
                Apply(call);
                break;
            case Fault.Fails or Fault.FailsOnce when fault == Fault.Fails || call.Attempt == 1:
                call.Fail();
                break;
            case Fault.AnswerLost or Fault.Repeats when call.Attempt == 1:
                Apply(call);
                call.Fail();
                break;
            case Fault.AnswerLost:
                call.Fail();
                break;
            case Fault.Delayed:
                if (call.Attempt == 1)
                {
                    Delay(call);
                }
                call.Fail();
                break;
            case Fault.Throttled or Fault.Unavailable:
                call.Answer(new MemoryResponse(fault == Fault.Throttled ? 429 : 503).With("x-ms-error-code", "ServerBusy"));
                break;
            case Fault.Crash:
                Apply(call);
                Kill(call.Actor!.Host);
                break;
            default:
                call.Answer(Apply(call));
                break;
        }
    }

    private void Let(MailCall call, Fault fault)
    {
        if (fault is not (Fault.Fails or Fault.Throttled or Fault.Unavailable))
        {
            Mailbox.Accept(call);
        }
        switch (fault)
        {
            case Fault.None:
                call.Answer(new MailOutcome.Accepted());
                break;
            case Fault.Throttled:
                _isPaused = true;
                call.Answer(new MailOutcome.Unavailable("quota", TimeSpan.FromMinutes(2)));
                break;
            case Fault.Delayed:
                MoveTo(Now + MailRules.LongestSend + TimeSpan.FromSeconds(1));
                break;
            case Fault.Crash:
                Kill(call.Actor!.Host);
                break;
            default:
                call.Answer(new MailOutcome.Unavailable("down"));
                break;
        }
    }

    private MemoryResponse Apply(StorageCall call)
    {
        if (call is not TableCall table)
        {
            var answer = Blobs.Answer(call.Request);
            Labels.Saw(call.Actor, call, (ulong)answer.Status);
            return answer;
        }
        var before = _space.Save();
        var read = Labels.Read(table.Command);
        var response = _service.Answer(table.Command);
        if (call.IsWrite && !ReferenceEquals(before.Tables, _space.Save().Tables))
        {
            Watch.Changed(call.Original ?? call.Actor, call.Touches, before);
            Labels.Wrote(call.Original ?? call.Actor, call.Touches, before);
        }
        Labels.Saw(call.Actor, call, read + ((ulong)response.Status << 32));
        return response;
    }

    private ValueTask<MemoryResponse> Receive(MemoryRequest request, CancellationToken cancellation)
    {
        var known = _calls.GetValueOrDefault(request);
        var command = (known as TableCall)?.Command ?? TableRequest.Parse(request) ?? throw new NotSupportedException($"{request.Method} {request.Uri}");
        return Receive(request, (actor, number, attempt) => new TableCall(actor, number, attempt, request, command));
    }

    private ValueTask<MemoryResponse> ReceiveBlob(MemoryRequest request, CancellationToken cancellation) =>
        Receive(request, (actor, number, attempt) => new BlobCall(actor, number, attempt, request));

    private ValueTask<MemoryResponse> Receive(MemoryRequest request, Func<Actor?, int, int, StorageCall> create)
    {
        var actor = Actor.Current;
        var known = _calls.GetValueOrDefault(request);
        var call = create(actor, known?.Number ?? (actor is null ? 0 : actor.Calls++), known is null ? 1 : known.Attempt + 1);
        if (actor is null)
        {
            // Nobody waits for it and nothing depends on it: when a key was used last.
            return ValueTask.FromResult(Apply(call));
        }
        _calls[request] = call;
        actor.Waiting.Add(call);
        return new ValueTask<MemoryResponse>(call.Answered);
    }

    /// <summary>Lets the app come to its next calls.</summary>
    private void Settle()
    {
        Thread.RunAll();
        foreach (var host in _hosts.OfType<Host>())
        {
            while (host.TakePosted() is { } posted)
            {
                _posted.Add((host, posted));
            }
        }
    }

    private void Note(Actor actor, Call call, Fault fault) => Trace.Add(
        $"{actor.Name,-16} {call.Number + 1,3}{(call.Attempt > 1 ? $".{call.Attempt}" : "")} {call}{(fault == Fault.None ? "" : $"   <- {fault}")}");
}
