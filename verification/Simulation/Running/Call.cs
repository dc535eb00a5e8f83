using Azure;
using Azure.Core;
using VoucherFunctions.InMemoryStorage.Blobs;
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

/// <summary>A call that goes over HTTP, to tables or blobs.</summary>
public abstract class StorageCall(Actor? actor, int number, int attempt, MemoryRequest request) : Call(actor, number, attempt)
{
    private readonly TaskCompletionSource<MemoryResponse> _answered = new();

    public MemoryRequest Request => request;

    /// <summary>Who made the call that arrives now, when its caller has given up.</summary>
    public Actor? Original { get; init; }

    public Task<MemoryResponse> Answered => _answered.Task;

    /// <summary>The same call, arriving late.</summary>
    public abstract StorageCall ArrivingAs(Actor late);

    public void Answer(MemoryResponse response) => _answered.TrySetResult(response);

    /// <summary>The connection broke: the SDK sees no status.</summary>
    public void Fail() => _answered.TrySetException(new RequestFailedException("The connection broke."));
}

public sealed class TableCall(Actor? actor, int number, int attempt, MemoryRequest request, TableCommand command) : StorageCall(actor, number, attempt, request)
{
    private IReadOnlyList<RowRange>? _touches;

    public TableCommand Command => command;

    public override bool IsWrite => command is not (GetRow or QueryRows);

    public override IReadOnlyList<RowRange> Touches => _touches ??= [.. command.Touches];

    public override StorageCall ArrivingAs(Actor late) => new TableCall(late, Number, 1, Request, command) { Original = Actor };

    public override string ToString() => command.ToString();
}

/// <summary>A call to the blobs: of one blob, or of all that begin alike.</summary>
public sealed class BlobCall(Actor? actor, int number, int attempt, MemoryRequest request) : StorageCall(actor, number, attempt, request)
{
    public override bool IsWrite => Request.Method != RequestMethod.Get;

    public override IReadOnlyList<RowRange> Touches { get; } = BlobSpace.IsList(request)
        ? [new("(blobs)", "", $"{BlobSpace.NameIn(request)}/{BlobSpace.PrefixIn(request)}", $"{BlobSpace.NameIn(request)}/{BlobSpace.PrefixIn(request)}~", IsWrite: false)]
        : [new("(blobs)", "", BlobSpace.NameIn(request), null, request.Method != RequestMethod.Get)];

    public override StorageCall ArrivingAs(Actor late) => new BlobCall(late, Number, 1, Request) { Original = Actor };

    public override string ToString() => $"{Request.Method} blob {BlobSpace.NameIn(Request)}{(BlobSpace.IsList(Request) ? $"/{BlobSpace.PrefixIn(Request)}*" : "")}";
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
