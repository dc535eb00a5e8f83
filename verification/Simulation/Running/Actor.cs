namespace VoucherFunctions.Simulation.Running;

/// <summary>A request, a run of a timer or a mail in the background: something that takes steps, each of them a call to storage or mail service.</summary>
public sealed class Actor(string name, Host host)
{
    private static readonly AsyncLocal<Actor?> Running = new();

    /// <summary>Whose code runs; null for what belongs to nobody.</summary>
    public static Actor? Current
    {
        get => Running.Value;
        set => Running.Value = value;
    }

    public string Name => name;

    public Host Host => host;

    /// <summary>Calls that wait to be let through, in the order in which they were made.</summary>
    public List<Call> Waiting { get; } = [];

    /// <summary>How many calls it has made so far; what the SDK repeats is the same call.</summary>
    public int Calls { get; set; }

    /// <summary>How much had changed when it began.</summary>
    public int Began { get; init; }

    public Task<Reply> Task { get; set; } = null!;

    public bool IsDead { get; set; }

    public bool IsDone => IsDead || Task.IsCompleted;

    public override string ToString() => name;
}
