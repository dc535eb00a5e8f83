namespace VoucherFunctions.Infra.Tests;

/// <summary>
/// The predicted deployment of the example parameter files against the checked-in one: whoever changes the template sees, and shows, what changes in Azure.
/// After a wanted change: <c>infra/snapshot.sh</c>.
/// </summary>
public sealed class SnapshotTests
{
    [Theory, MemberData(nameof(Deployment.Examples), MemberType = typeof(Deployment))]
    public async Task The_template_predicts_what_is_checked_in(string example)
    {
        var result = await Tool.RunAsync("bash", Tool.Infra, "snapshot.sh", "validate", example);

        Assert.True(result.ExitCode == 0, $"Run infra/snapshot.sh if this is wanted.\n{result}");
    }
}
