using VoucherFunctions.Domain.Mail;
using VoucherFunctions.InMemoryStorage.Http;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Simulation.Running;

/// <summary>Every call to storage and mail service: each waits here until it is let through, with a fault or without.</summary>
public sealed class Traffic
{
    private const int MostCallsOfARun = 20_000;
    private static readonly TimeSpan MailPause = TimeSpan.FromMinutes(2);
    private readonly World _world;
    private readonly TableService _service;
    private readonly Dictionary<MemoryRequest, Call> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly List<StorageCall> _late = [];

    public Traffic(World world)
    {
        _world = world;
        _service = new TableService(world.Space);
        Tables = new MemoryTransport(Receive);
        Blobs = new MemoryTransport(ReceiveBlob);
    }

    public MemoryTransport Tables { get; }

    public MemoryTransport Blobs { get; }

    public FaultPlan? Plan { get; set; }

    /// <summary>What becomes of every call for which nothing else is planned: an outage.</summary>
    public Fault Weather { get; set; }

    /// <summary>Whether what arrives late is let through like any other call, or when <see cref="ApplyLate"/> says.</summary>
    public bool IsLateAnActor { get; set; }

    /// <summary>Whether the planned fault has happened.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the mail service asked to be left alone for a while, which a process remembers.</summary>
    public bool IsMailPaused { get; private set; }

    /// <summary>How many calls were let through.</summary>
    public long Count { get; private set; }

    /// <summary>Another run begins.</summary>
    public void Clear()
    {
        Plan = null;
        HasFailed = IsMailPaused = false;
        Forget();
    }

    /// <summary>What is over is not to be spoken of any more.</summary>
    public void Forget()
    {
        _calls.Clear();
        _late.Clear();
    }

    public void Arm(FaultPlan? plan) => (Plan, HasFailed) = (plan, false);

    /// <summary>Lets one call through, as the plan says.</summary>
    public void Let(Call call)
    {
        var actor = call.Actor!;
        actor.Waiting.Remove(call);
        if (_world.Trace.Count > MostCallsOfARun)
        {
            throw new InvalidOperationException($"A run does not end: {string.Join('\n', _world.Trace.Lines.TakeLast(60))}");
        }
        Count++;
        var isPlanned = Plan is { } plan && plan.Actor == actor.Name && plan.Call == call.Number;
        var fault = isPlanned ? Plan!.Fault : Weather;
        HasFailed |= isPlanned;
        _world.Trace.Add(actor, call, fault);
        _world.Labels?.Saw(actor, call, (ulong)fault);
        _world.InvariantMonitor.Let?.Invoke(call);
        switch (call)
        {
            case StorageCall storage:
                Let(storage, fault);
                break;
            case MailCall mail:
                Let(mail, fault);
                break;
        }
    }

    /// <summary>What was under way when its caller gave up arrives after all.</summary>
    public void ApplyLate()
    {
        foreach (var late in _late.ToList())
        {
            _late.Remove(late);
            _world.Trace.Add($"late: {late}");
            Apply(late);
        }
    }

    public static void Receive(MailCall call) => call.Actor!.Waiting.Add(call);

    private void Delay(StorageCall call)
    {
        if (IsLateAnActor)
        {
            var late = new Actor($"{call.Actor!.Name}, late", call.Actor.Host) { Task = Task.FromResult(Reply.None) };
            late.Waiting.Add(call.ArrivingAs(late));
            _world.Actors.Add(late);
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
                _world.Kill(call.Actor!.Host);
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
            _world.Mailbox.Accept(call);
        }
        switch (fault)
        {
            case Fault.None:
                call.Answer(new MailOutcome.Accepted());
                break;
            case Fault.Throttled:
                IsMailPaused = true;
                _world.InvariantMonitor.Budget.Refused(call.Actor!, _world.Now + MailPause);
                call.Answer(new MailOutcome.Unavailable("quota", MailPause) { IsOverQuota = true });
                break;
            case Fault.Delayed:
                _world.MoveTo(_world.Now + MailRules.LongestSend + TimeSpan.FromSeconds(1));
                break;
            case Fault.Crash:
                _world.Kill(call.Actor!.Host);
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
            var answer = _world.Blobs.Answer(call.Request);
            _world.Labels?.Saw(call.Actor, call, (ulong)answer.Status);
            return answer;
        }
        var before = _world.Space.Save();
        var read = _world.Labels?.Read(table.Command) ?? 0;
        var response = _service.Answer(table.Command);
        if (call.IsWrite && !ReferenceEquals(before.Tables, _world.Space.Save().Tables))
        {
            _world.InvariantMonitor.Changed(call.Original ?? call.Actor, call.Touches, before);
            _world.Labels?.Wrote(call.Original ?? call.Actor, call.Touches, before);
        }
        _world.Labels?.Saw(call.Actor, call, read + ((ulong)response.Status << 32));
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
}
