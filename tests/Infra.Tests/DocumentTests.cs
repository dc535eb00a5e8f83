using System.Text.RegularExpressions;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary>The parts around the templates that can be wrong without anybody noticing.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Workflows = Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"));

    [Fact]
    public async Task The_cost_table_is_what_the_model_says_today()
    {
        var result = await Tool.RunAsync("node", Repository.Root, "infra/cost/cost.mjs", "--check");

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public void Every_action_is_pinned_by_its_commit_and_says_its_version()
    {
        var uses = Workflows.SelectMany(File.ReadAllLines).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void Workflows_begin_with_no_permission_and_hold_no_secret()
    {
        Assert.All(Workflows.Select(File.ReadAllText), text =>
        {
            Assert.Contains("\npermissions: {}\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_guide_and_the_workflow_name_every_setting_of_azd()
    {
        var wanted = Environment().Matches(File.ReadAllText(Path.Combine(Tool.Infra, "main.bicepparam"))).Select(match => match.Groups[1].Value).ToHashSet();
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploy.md"));
        var workflow = string.Concat(Workflows.Select(File.ReadAllText));

        Assert.NotEmpty(wanted);
        Assert.All(wanted, name => Assert.Contains($"      {name}: ", workflow, StringComparison.Ordinal));
        Assert.All(wanted.Where(name => name.StartsWith("VOUCHER_", StringComparison.Ordinal)), name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void The_workflow_makes_a_package_for_each_mode_of_hosting_and_deploys_the_one_in_use()
    {
        var modes = Quoted().Matches(Hosting().Match(File.ReadAllText(Path.Combine(Tool.Infra, "main.bicep"))).Groups[1].Value).Select(match => match.Groups[1].Value).ToList();
        var workflow = string.Concat(Workflows.Select(File.ReadAllText));

        Assert.Equal(["worker", "native"], modes);
        Assert.All(modes, mode => Assert.Contains($" ./publish.sh {(mode == "worker" ? "" : $"--{mode} ")}packages/{mode}\n", workflow, StringComparison.Ordinal));
        Assert.Contains("          path: packages/*.zip\n", workflow, StringComparison.Ordinal);
        Assert.Contains(" azd deploy api --from-package \"$VOUCHER_HOSTING.zip\" ", workflow, StringComparison.Ordinal);
    }

    /// <summary>azd runs dotnet for a service with <c>language: dotnet</c>, in "azd provision" and "azd deploy" too.</summary>
    [Fact]
    public void Every_job_that_runs_azd_installs_the_SDK()
    {
        var jobs = Workflows.SelectMany(file => Job().Split(File.ReadAllText(file))).Where(job => job.Contains(" azd deploy ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.Contains("          global-json-file: global.json\n", job, StringComparison.Ordinal));
    }

    [GeneratedRegex("^ +- uses: [A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v[0-9]+\\.[0-9]+\\.[0-9]+$")]
    private static partial Regex Pinned();

    [GeneratedRegex("@allowed\\(\\[([^\\]]+)\\]\\)\nparam hosting ")]
    private static partial Regex Hosting();

    [GeneratedRegex("'([a-z]+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^  [a-z]+:\n    ", RegexOptions.Multiline)]
    private static partial Regex Job();

    [GeneratedRegex("readEnvironmentVariable\\('([A-Z_]+)'")]
    private static partial Regex Environment();
}
