using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>What goes wrong on one day: at least one thing, every day.</summary>
public sealed class Misfortune
{
    private const int FurthestCall = 14;
    private const int FurthestCallOfATimer = 40;
    private static readonly Fault[] Faults = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];
    private static readonly Fault[] Outages = [Fault.Throttled, Fault.Unavailable, Fault.Fails, Fault.AnswerLost];
    private readonly Random _random;
    private int _faultsLeft;

    private Misfortune(Random random) => _random = random;

    /// <summary>An hour in which every call goes wrong like this.</summary>
    public (DateTimeOffset From, Fault Fault)? Outage { get; private init; }

    /// <summary>How far the second process's clock is off.</summary>
    public TimeSpan Skew { get; private init; }

    /// <summary>Whether each timer runs in both processes at once, their calls in any order.</summary>
    public bool AreSweepsDoubled { get; private init; }

    /// <summary>Whether some requests reach two processes at once.</summary>
    public bool AreRequestsDoubled { get; private init; }

    /// <summary>Nothing answers and no timer runs until then.</summary>
    public DateTimeOffset? DownUntil { get; private init; }

    public static Misfortune Draw(DateTimeOffset day, Random random) => new(random)
    {
        Outage = random.Next(4) == 0 ? (day + TimeSpan.FromMinutes(random.Next(22 * 60)), Outages[random.Next(Outages.Length)]) : null,
        Skew = random.Next(3) switch { 0 => TimeSpan.FromSeconds(120), 1 => TimeSpan.FromSeconds(-120), _ => TimeSpan.Zero },
        AreSweepsDoubled = random.Next(2) == 0,
        AreRequestsDoubled = random.Next(2) == 0,
        DownUntil = random.Next(60) == 0 ? day + TimeSpan.FromDays(3) : null,
        _faultsLeft = random.Next(1, 5),
    };

    public Fault WeatherAt(DateTimeOffset now) => Outage is { } outage && now >= outage.From && now < outage.From + TimeSpan.FromHours(1) ? outage.Fault : Fault.None;

    /// <summary>A fault for one request, now and then.</summary>
    public FaultPlan? ForRequest(string name) => _faultsLeft > 0 && _random.Next(3) == 0 ? Next(name, FurthestCall) : null;

    public FaultPlan? ForTimer(string name) => _faultsLeft > 0 && _random.Next(3) == 0 ? Next(name, FurthestCallOfATimer) : null;

    private FaultPlan Next(string name, int furthest)
    {
        _faultsLeft--;
        var actor = _random.Next(5) == 0 ? "background mail" : name;
        return new FaultPlan(actor, _random.Next(actor == name ? furthest : FurthestCall), Faults[_random.Next(Faults.Length)]);
    }
}
