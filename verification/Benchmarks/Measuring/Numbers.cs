using System.Globalization;

namespace VoucherFunctions.Benchmarks.Measuring;

internal static class Numbers
{
    /// <summary>Whole numbers as they are, others with three significant digits; separators from a thousand on.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        _ when double.IsInteger(value) => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
