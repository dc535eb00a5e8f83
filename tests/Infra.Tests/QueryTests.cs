using System.Text.RegularExpressions;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary>The queries of alerts and the workbook.</summary>
public sealed partial class QueryTests
{
    private static readonly string Telemetry = File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));

    public static readonly TheoryData<string> Queries =
        [.. Directory.GetFiles(Path.Combine(Tool.Infra, "queries"), "*.kql").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>By Microsoft's own parser, with the columns that Application Insights has.</summary>
    [Fact]
    public async Task Every_query_parses()
    {
        var result = await Tool.NodeAsync(["tools/kql.mjs", .. Directory.GetFiles(Path.Combine(Tool.Infra, "queries"), "*.kql")]);

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Theory, MemberData(nameof(Queries))]
    public void Every_metric_and_attribute_is_one_of_the_list(string query)
    {
        var text = File.ReadAllText(Path.Combine(Tool.Infra, "queries", query));
        var metrics = Metric().Matches(text).Select(match => match.Value.Trim('"')).ToHashSet();
        var attributes = Attribute().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.True(Rows().ContainsKey(metric), $"{query}: {metric} is not in docs/telemetry.md."));
        Assert.All(attributes, attribute => Assert.True(
            metrics.Any(metric => Rows()[metric].Contains($"`{attribute}`", StringComparison.Ordinal)), $"{query}: none of its metrics has the attribute {attribute}."));
    }

    [Theory, MemberData(nameof(Queries))]
    public void Every_query_is_used(string query)
    {
        var modules = string.Concat(Directory.GetFiles(Path.Combine(Tool.Infra, "modules")).Select(File.ReadAllText));

        Assert.Contains($"loadTextContent('../queries/{query}')", modules, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_has_its_chapter_in_the_manual_and_somebody_who_is_told()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var alerts = Deployment.Predicted("production").Of("Microsoft.Insights/scheduledQueryRules", "Microsoft.EventGrid/systemTopics/eventSubscriptions").ToList();

        Assert.Equal(8, alerts.Count);
        Assert.All(alerts, alert =>
        {
            var name = alert["properties"]!["displayName"]?.GetValue<string>() ?? Deployment.Name(alert).Split('/')[^1];
            Assert.Contains($"### {name}\n", manual, StringComparison.Ordinal);
            Assert.Contains("outputs.groupId", alert.ToJsonString(), StringComparison.Ordinal);
        });
    }

    /// <summary>Metric → its row of the table.</summary>
    private static Dictionary<string, string> Rows() => Row().Matches(Telemetry).ToDictionary(match => match.Groups[1].Value, match => match.Value);

    [GeneratedRegex("^\\| `([a-z][a-z._]+)` \\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("(?<!\\[)\"(voucher|http)\\.[a-z._]+\"")]
    private static partial Regex Metric();

    [GeneratedRegex("customDimensions\\[\"([^\"]+)\"\\]")]
    private static partial Regex Attribute();
}
