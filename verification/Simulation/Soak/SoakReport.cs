using System.Globalization;
using VoucherFunctions.Simulation.Checks;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>What the year was, and what broke.</summary>
public sealed class SoakReport
{
    public required int Participants { get; init; }

    public required int Seed { get; init; }

    public int Days { get; set; }

    public long Requests { get; set; }

    public long Doubled { get; set; }

    public long Sweeps { get; set; }

    public long Mails { get; set; }

    public long Calls { get; set; }

    public long Faults { get; set; }

    public int Outages { get; set; }

    public int Down { get; set; }

    /// <summary>How often everything was looked at for what should have happened by then.</summary>
    public int Looked { get; set; }

    public string AtYearsEnd { get; set; } = "not reached";

    public string AtTheEnd { get; set; } = "not reached";

    public IReadOnlyList<Violation> Violations { get; set; } = [];

    public IReadOnlyList<string> Trace { get; set; } = [];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        soak          {Participants} participants, {Days} days, seed {Seed}
        requests      {Requests}, of them {Doubled} to two processes at once; {Sweeps} runs of timers; {Mails} mails; {Calls} calls to storage and mail service
        faults        {Faults} of single calls, {Outages} outages of an hour, {Down} times three days down
        looked at     after every request the person's vouchers, {Looked} times everything that had to have happened by then
        year's end    {AtYearsEnd}
        the end       {AtTheEnd}
        violations    {Violations.Count}
        """);
}
