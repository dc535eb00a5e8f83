namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>One number that a run gave, as <c>("start", "ms", 65.2)</c>.</summary>
internal sealed record Figure(string Name, string Unit, double Value);

/// <summary>One of several ways to do the same thing; a run does it once and tells the figures, the same ones each time.</summary>
internal sealed record Contender(string Name, Func<Task<IReadOnlyList<Figure>>> RunAsync)
{
    public static Contender Of(string name, string figure, string unit, Func<Task<double>> run) =>
        new(name, async () => [new Figure(figure, unit, await run())]);
}
