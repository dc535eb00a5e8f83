namespace VoucherFunctions.Simulation.Running;

/// <summary>What can go wrong with a call.</summary>
public enum Fault
{
    None,

    /// <summary>Not done; the SDK's repetition succeeds.</summary>
    FailsOnce,

    /// <summary>Not done, and no repetition gets through either.</summary>
    Fails,

    /// <summary>Done, but neither its answer nor any repetition gets through.</summary>
    AnswerLost,

    /// <summary>Done, its answer lost, and the SDK repeats it.</summary>
    Repeats,

    /// <summary>Its caller has long given up when it is done.</summary>
    Delayed,

    /// <summary>429, to every repetition.</summary>
    Throttled,

    /// <summary>503, to every repetition.</summary>
    Unavailable,

    /// <summary>Done, and the process dies.</summary>
    Crash,
}

/// <summary>Which call of which actor goes wrong, and how.</summary>
public sealed record FaultPlan(string Actor, int Call, Fault Fault)
{
    /// <summary>The faults that make a difference to a call: a read that was done and not answered is as if it was not done.</summary>
    public static IReadOnlyList<Fault> Of(Call call) => call switch
    {
        MailCall => [Fault.Fails, Fault.AnswerLost, Fault.Delayed, Fault.Throttled, Fault.Crash],
        { IsWrite: true } => [Fault.FailsOnce, Fault.Fails, Fault.AnswerLost, Fault.Repeats, Fault.Delayed, Fault.Throttled, Fault.Unavailable, Fault.Crash],
        _ => [Fault.FailsOnce, Fault.Fails, Fault.Throttled, Fault.Unavailable, Fault.Crash],
    };

    public override string ToString() => $"{Actor} call {Call + 1}: {Fault}";
}
