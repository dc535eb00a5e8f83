using Azure;
using VoucherFunctions.InMemoryStorage.Http;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Simulation.Running;

/// <summary>One call to the outside, waiting to be let through. The SDK's repetitions have the same number.</summary>
public abstract class Call(Actor? actor, int number, int attempt)
{
    public Actor? Actor => actor;

    public int Number => number;

    public int Attempt => attempt;

    public abstract bool IsWrite { get; }

    public abstract IReadOnlyList<RowRange> Touches { get; }
}

public sealed class StorageCall(Actor? actor, int number, int attempt, MemoryRequest request, TableCommand command) : Call(actor, number, attempt)
{
    private readonly TaskCompletionSource<MemoryResponse> _answered = new();
    private IReadOnlyList<RowRange>? _touches;

    public MemoryRequest Request => request;

    /// <summary>Who made the call that arrives now, when its caller has given up.</summary>
    public Actor? Original { get; init; }

    public TableCommand Command => command;

    public Task<MemoryResponse> Answered => _answered.Task;

    public override bool IsWrite => command is not (GetRow or QueryRows);

    public override IReadOnlyList<RowRange> Touches => _touches ??= [.. command.Touches];

    public void Answer(MemoryResponse response) => _answered.TrySetResult(response);

    /// <summary>The connection broke: the SDK sees no status.</summary>
    public void Fail() => _answered.TrySetException(new RequestFailedException("The connection broke."));

    public override string ToString() => command.ToString();
}

public sealed class MailCall(Actor? actor, int number, OutgoingMail mail) : Call(actor, number, 1)
{
    private readonly TaskCompletionSource<MailOutcome> _answered = new();

    public OutgoingMail Mail => mail;

    public Task<MailOutcome> Answered => _answered.Task;

    public override bool IsWrite => true;

    /// <summary>The order of two mails matters to nobody.</summary>
    public override IReadOnlyList<RowRange> Touches => [new("(mail)", mail.Id.ToString(), "", null, IsWrite: true)];

    public void Answer(MailOutcome outcome) => _answered.TrySetResult(outcome);

    public void Cancel(CancellationToken cancellation) => _answered.TrySetCanceled(cancellation);

    public override string ToString() => $"SEND {mail.Content.Subject} to {mail.To}";
}
