using VoucherFunctions.Simulation.Exploring;
using Xunit;

namespace VoucherFunctions.Simulation.Tests;

/// <summary>Every two flows in every scene, in the orders in which their calls can come. Where there are many orders, a sample: the rest is the command <c>pairs-all</c>.</summary>
public sealed class PairTests
{
    private const int WithFault = 300;

    [Fact]
    public void No_two_flows_can_meet_in_a_way_that_breaks_a_promise()
    {
        var report = new Report();
        Explorer.Pairs(report, Environment.ProcessorCount, Orders.Bounded);
        Console.WriteLine($"Pairs:\n{report}");

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Take(3)));
        Assert.Equal(report.Scenarios, report.ScenariosExplored);
        Assert.True(report.Scenarios > 3000, $"{report.Scenarios}");
    }

    [Fact]
    public void No_two_flows_can_meet_while_a_call_fails_in_a_way_that_breaks_a_promise()
    {
        var report = new Report();
        Explorer.PairsWithFault(report, Environment.ProcessorCount, seed: 20261122, WithFault);
        Console.WriteLine($"Pairs with a fault:\n{report}");

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Take(3)));
        Assert.Equal(WithFault, report.FaultedExplored);
    }
}
