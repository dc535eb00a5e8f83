namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>The values of repeated runs, told as their median and the smallest and largest of them.</summary>
internal sealed class Spread(IReadOnlyList<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    public double Smallest => _sorted[0];

    public double Largest => _sorted[^1];

    /// <summary>As <c>65.2 (63.9–70.1)</c>.</summary>
    public override string ToString() =>
        Smallest.Equals(Largest) ? Numbers.Text(Median) : $"{Numbers.Text(Median)} ({Numbers.Text(Smallest)}–{Numbers.Text(Largest)})";
}
