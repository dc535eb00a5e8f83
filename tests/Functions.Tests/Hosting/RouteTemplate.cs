namespace VoucherFunctions.Tests.Hosting;

/// <summary>A route template of the Functions host: <c>vouchers/{id}</c>, <c>training/{*path}</c>.</summary>
internal sealed record RouteTemplate(string Text)
{
    /// <summary>Whether some path fits both: segment by segment, a parameter fits any segment and a catch-all any rest.</summary>
    public bool Overlaps(RouteTemplate other) => Overlap(Segments(Text), Segments(other.Text));

    private static string[] Segments(string text) => text.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool Overlap(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return AllMayBeAbsent(a) && AllMayBeAbsent(b);
        }
        if (IsCatchAll(a[0]) || IsCatchAll(b[0]))
        {
            return true;
        }
        return (FitOneSegment(a[0], b[0]) && Overlap(a[1..], b[1..]))
            || (MayBeAbsent(a[0]) && Overlap(a[1..], b))
            || (MayBeAbsent(b[0]) && Overlap(a, b[1..]));
    }

    private static bool FitOneSegment(string a, string b) =>
        a.Contains('{', StringComparison.Ordinal) || b.Contains('{', StringComparison.Ordinal) || a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static bool AllMayBeAbsent(ReadOnlySpan<string> segments)
    {
        foreach (var segment in segments)
        {
            if (!MayBeAbsent(segment))
            {
                return false;
            }
        }
        return true;
    }

    private static bool MayBeAbsent(string segment) => IsCatchAll(segment) || segment.EndsWith("?}", StringComparison.Ordinal);

    private static bool IsCatchAll(string segment) => segment.StartsWith("{*", StringComparison.Ordinal);
}
