using VoucherFunctions.Simulation.Exploring;
using Xunit;

namespace VoucherFunctions.Simulation.Tests;

/// <summary>
/// Every two flows that change something where two registrations are after one address, in the orders in which their calls can come. The other scenes: the command <c>pairs</c>.
/// </summary>
public sealed class PairTests
{
    [Theory]
    [InlineData("two pending")]
    [InlineData("claimed by the dead")]
    public void No_two_flows_can_meet_in_a_way_that_breaks_a_promise(string scene)
    {
        var report = new Report();
        Explorer.Pairs(report, Environment.ProcessorCount, Orders.Bounded, isComplete: false, $"@ {scene}");
        Console.WriteLine($"Pairs, {scene}:\n{report}");

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Take(3)));
        Assert.Equal(report.Meetings, report.MeetingsExplored);
        Assert.True(report.Meetings > 40, $"{report.Meetings}");
    }
}
