namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>
/// What several contenders gave in the same run, interleaved (A B C, A B C, …), so that whatever else the machine does meets them all alike. A ratio is taken
/// within each round, for the same reason.
/// </summary>
internal sealed class Comparison
{
    private readonly Dictionary<(string Contender, string Figure), (string Unit, List<double> Values)> _series = [];

    private Comparison(IReadOnlyList<string> contenders) => Contenders = contenders;

    public IReadOnlyList<string> Contenders { get; }

    public IEnumerable<string> Figures => _series.Keys.Select(key => key.Figure).Distinct();

    /// <summary>Runs all contenders once for warming up, unless told not to, and then so many rounds.</summary>
    public static async Task<Comparison> RunAsync(int rounds, IReadOnlyList<Contender> contenders, bool warmsUp = true)
    {
        var comparison = new Comparison([.. contenders.Select(contender => contender.Name)]);
        for (var round = warmsUp ? 0 : 1; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var figures = await contender.RunAsync();
                await Console.Error.WriteLineAsync($"  {(round == 0 ? "warm-up" : $"round {round}")}, {contender.Name}: {string.Join(", ", figures.Select(Text))}");
                comparison.Add(contender.Name, round == 0 ? [] : figures);
            }
        }
        return comparison;
    }

    public Spread Of(string contender, string figure) => new(_series[(contender, figure)].Values);

    public string UnitOf(string contender, string figure) => _series[(contender, figure)].Unit;

    public bool Has(string contender, string figure) => _series.ContainsKey((contender, figure));

    /// <summary>How many times the baseline's figure this contender's is, round by round.</summary>
    public Spread Ratio(string contender, string baseline, string figure) => Ratio(contender, figure, baseline, figure);

    public Spread Ratio(string contender, string figure, string baseline, string baselineFigure) =>
        new([.. _series[(contender, figure)].Values.Zip(_series[(baseline, baselineFigure)].Values, (value, other) => value / other)]);

    private void Add(string contender, IReadOnlyList<Figure> figures)
    {
        foreach (var figure in figures)
        {
            if (!_series.TryGetValue((contender, figure.Name), out var series))
            {
                _series[(contender, figure.Name)] = series = (figure.Unit, []);
            }
            series.Values.Add(figure.Value);
        }
    }

    private static string Text(Figure figure) => $"{figure.Name} {Numbers.Text(figure.Value)} {figure.Unit}";
}
