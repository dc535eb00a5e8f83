namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>How thoroughly to measure.</summary>
internal sealed record RunOptions(int Rounds, bool IsQuick)
{
    /// <summary>The full count, or a small one in a quick run.</summary>
    public int Count(int full, int quick) => IsQuick ? quick : full;
}
