using System.Globalization;

namespace VoucherFunctions.Races;

/// <summary>What came of one race over all its rounds, some of which are under way at once.</summary>
public sealed record Tally(string Race)
{
    private readonly Lock _lock = new();
    private readonly List<string> _violations = [];

    public int Rounds { get; private set; }

    public int Winners { get; private set; }

    public int Losers { get; private set; }

    /// <summary>Requests whose answer was lost, or that found nobody listening, and were sent again.</summary>
    public int AskedAgain { get; private set; }

    /// <summary>While its rounds were under way, and those of other races.</summary>
    public int Kills { get; private set; }

    public IReadOnlyList<string> Violations => _violations;

    public void Add(int winners, int losers, int askedAgain)
    {
        lock (_lock)
        {
            Rounds++;
            Winners += winners;
            Losers += losers;
            AskedAgain += askedAgain;
        }
    }

    public void AddKills(int kills) => Kills += kills;

    public void Broken(string what)
    {
        lock (_lock)
        {
            _violations.Add(string.Create(CultureInfo.InvariantCulture, $"{Race}, after {Rounds} rounds: {what}"));
        }
    }

    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture, $"| {Race} | {Rounds} | {Winners} | {Losers} | {AskedAgain} | {Kills} | {_violations.Count} |");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Race}: {Rounds} rounds, {Winners} winners, {Losers} losers, {AskedAgain} asked again, {Kills} kills, {_violations.Count} violations");
}
