using System.Globalization;

namespace VoucherFunctions.Benchmarks.Measuring;

internal static class Numbers
{
    /// <summary>Three significant digits, and whole numbers with separators from a thousand on.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        0 => "0",
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
