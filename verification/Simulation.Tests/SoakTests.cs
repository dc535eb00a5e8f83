using VoucherFunctions.Simulation.Soak;
using Xunit;

namespace VoucherFunctions.Simulation.Tests;

/// <summary>A year of many people in one world, with misfortunes every day. With 10,000 people: the command <c>soak</c>.</summary>
public sealed class SoakTests
{
    [Fact]
    public void After_a_year_of_misfortunes_the_storage_holds_what_the_model_says_and_after_the_last_deadline_nothing()
    {
        var soak = new Year(participants: 100, seed: 20261122).Run(_ => { });
        Console.WriteLine($"Soak:\n{soak}");

        Assert.True(soak.Violations.Count == 0, $"{string.Join('\n', soak.Violations)}\n{string.Join('\n', soak.Trace)}");
        Assert.True(soak.Days > 700, $"{soak.Days}");
        Assert.True(soak is { Faults: > 200, Outages: > 20, Down: > 0, Doubled: > 20, Mails: > 200, Looked: > 300 }, soak.ToString());
    }
}
