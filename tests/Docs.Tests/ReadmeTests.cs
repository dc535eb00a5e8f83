using Xunit;

namespace VoucherFunctions.Docs.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_journey_by_hand_goes_from_the_voucher_to_the_end_of_the_access()
    {
        string[] expected = ["redeemable", "activateBefore", "daysLeft\":90", "daysLeft\":90", "now", "account-expired", "account-expired"];
        await using var local = await LocalRun.StartAsync();

        var printed = await Shell.RunAsync(Walkthrough.Of("README.md", "### A journey by hand"), local.Address);

        var lines = printed[0].Trim().Split('\n');
        Assert.True(lines.Length == expected.Length, printed[0]);
        Assert.All(lines.Zip(expected), line => Assert.Contains(line.Second, line.First, StringComparison.Ordinal));
    }
}
