using VoucherFunctions.Simulation.Exploring;
using Xunit;

namespace VoucherFunctions.Simulation.Tests;

/// <summary>Every flow × every call × every fault, each followed by retries and by everything that time brings.</summary>
public sealed class CrashPointTests(ITestOutputHelper output)
{
    [Fact]
    public void No_call_can_fail_in_a_way_that_breaks_a_promise()
    {
        var report = new Report();
        Explorer.CrashPoints(report, Environment.ProcessorCount);
        Console.WriteLine($"Crash points:\n{report}");

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Take(3)));
        Assert.Equal(report.Points, report.PointsExplored);
        Assert.True(report.Points > 3000, $"{report.Points}");
        output.WriteLine(report.ToString());
    }
}
