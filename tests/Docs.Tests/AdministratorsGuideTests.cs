using VoucherFunctions.Http;
using Xunit;

namespace VoucherFunctions.Docs.Tests;

public sealed class AdministratorsGuideTests
{
    private const string Guide = "docs/operations.md";

    [Fact]
    public async Task Every_command_prints_what_the_guide_says()
    {
        await using var local = await LocalRun.StartAsync();

        await Shell.AssertPrintsAsync(Walkthrough.Of(Guide, "## Tasks"), local.Address);
    }

    [Fact]
    public void The_guide_has_every_call_of_the_administrators()
    {
        var text = Walkthrough.Of(Guide).Text;

        Assert.All(Calls.Of(Requires.AdminKey), call => Assert.Contains($"`{call}", text, StringComparison.Ordinal));
    }
}
