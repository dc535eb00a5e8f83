namespace VoucherFunctions.Infra.Tests;

/// <summary>The two modes of hosting, <c>hosting</c> in main.bicep: each gives the runtime that its package needs.</summary>
public sealed class HostingTests
{
    public static readonly TheoryData<string> Examples = Deployment.Examples;

    [Theory]
    [InlineData("small")]
    [InlineData("production")]
    public void The_default_is_the_isolated_worker(string example) => Rules.RunsTheWorker(Deployment.Predicted(example));

    [Fact]
    public void The_native_mode_is_a_custom_handler() => Rules.RunsTheNativeHandler(Deployment.Predicted("native"));

    [Theory, MemberData(nameof(Examples))]
    public void No_setting_names_the_runtime(string example) => Rules.NoRuntimeSetting(Deployment.Predicted(example));
}
