using System.Globalization;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>What was explored, and what broke.</summary>
public sealed class Report
{
    private readonly Lock _lock = new();

    public int Points { get; set; }

    public int PointsExplored { get; set; }

    public int Scenarios { get; set; }

    public int ScenariosExplored { get; set; }

    /// <summary>Scenarios of which not every order was run but a sample, because there are too many for the time.</summary>
    public int Sampled { get; set; }

    /// <summary>Scenarios with one fault: all there are of the scenarios, and how many were run.</summary>
    public int Faulted { get; set; }

    public int FaultedExplored { get; set; }

    public long Schedules { get; set; }

    /// <summary>After so many schedules nothing new is begun.</summary>
    public long Most { get; init; } = long.MaxValue;

    public bool IsFull => Schedules >= Most;

    /// <summary>Orders broken off because what could follow had been seen.</summary>
    public long Cut { get; set; }

    public long RecoveriesRun { get; set; }

    public long RecoveriesKnown { get; set; }

    public int MutantsSeeded { get; set; }

    public int MutantsKilled { get; set; }

    public string Seeds { get; set; } = "";

    public List<Failure> Failures { get; } = [];

    public void Add(Action<Report> change)
    {
        lock (_lock)
        {
            change(this);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        crash points  {PointsExplored} of {Points} explored ({Percent(PointsExplored, Points)})
        scenarios      {ScenariosExplored} of {Scenarios}{(Sampled > 0 ? $", of {Sampled} a sample of their orders" : ", every order")}
        with a fault  {FaultedExplored} of {Faulted} (scenario × call × fault)
        schedules     {Schedules} run to their end, {Cut} broken off as equal to one before
        recoveries    {RecoveriesRun} gone through, {RecoveriesKnown} equal to one before
        seeds         {(Seeds.Length > 0 ? Seeds : "none")}
        mutants       {MutantsKilled} killed of {MutantsSeeded} seeded
        violations    {Failures.Count}
        """);

    private static string Percent(int part, int whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");
}
