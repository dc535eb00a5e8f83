using System.Text.RegularExpressions;
using VoucherFunctions.Telemetry;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary>The queries of alerts and the workbook.</summary>
public sealed partial class QueryTests
{
    /// <summary>The chapter on metrics.</summary>
    private static readonly string Telemetry = File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md")).Split("\n## ").Single(chapter =>
        chapter.StartsWith("Metrics\n", StringComparison.Ordinal));

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
    public void Every_metric_attribute_and_value_is_one_that_the_app_emits(string query)
    {
        var text = File.ReadAllText(Path.Combine(Tool.Infra, "queries", query));
        var metrics = MetricName().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        var attributes = Attribute().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.True(Emitted.ContainsKey(metric), $"{query}: the app emits no {metric}."));
        Assert.All(attributes, attribute => Assert.True(
            metrics.Any(metric => Emitted[metric].ContainsKey(attribute)), $"{query}: none of its metrics has the attribute {attribute}."));
        Assert.All(ComparedValue().Matches(text).SelectMany(match => Quoted().Matches(match.Groups[1].Value)), value => Assert.True(
            metrics.Any(metric => Emitted[metric].Values.Any(values => values.Contains(value.Groups[1].Value))), $"{query}: no metric of it has the value {value.Groups[1].Value}."));
    }

    /// <summary>A timer that is missing here could stop without anybody noticing; a kind of guess, be tried for ever.</summary>
    [Theory]
    [InlineData("alert-timer-silent.kql", "voucher.sweep.overdue")]
    [InlineData("alert-guessing.kql", "voucher.guesses", "password")]
    public void Alerts_with_a_limit_for_each_value_know_all_values(string query, string metric, params string[] others)
    {
        var limits = Limit().Matches(File.ReadAllText(Path.Combine(Tool.Infra, "queries", query))).Select(match => match.Groups[1].Value);

        Assert.Equal(Emitted[metric].Values.Single().Concat(others).Order(), limits.Order());
    }

    [Fact]
    public void The_manual_lists_what_the_app_emits()
    {
        var rows = Row().Matches(Telemetry).ToDictionary(match => match.Groups[1].Value, match => match.Value);

        Assert.Equal(Emitted.Keys.Order(), rows.Keys.Order());
        Assert.All(Metric.All, metric =>
        {
            Assert.Contains($"| {(metric.IsDistribution ? "histogram, " : "counter |")}", rows[metric.Name], StringComparison.Ordinal);
            Assert.Contains($"| `{metric.Attribute}`", rows[metric.Name], StringComparison.Ordinal);
            Assert.True(
                rows[metric.Name].Contains("as above", StringComparison.Ordinal)
                || metric.Values.All(value => rows[metric.Name].Contains($"`{value}`", StringComparison.Ordinal)),
                $"docs/telemetry.md has not all values of {metric.Name}.");
        });
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

    /// <summary>Metric → its attributes, each with its values where the app has a list of them; the last one is ASP.NET Core's own.</summary>
    private static readonly Dictionary<string, Dictionary<string, IReadOnlyList<string>>> Emitted = new(
        Metric.All.Select(metric => KeyValuePair.Create(metric.Name, new Dictionary<string, IReadOnlyList<string>> { [metric.Attribute] = metric.Values })))
    {
        ["http.server.request.duration"] = new() { ["http.route"] = [], ["http.request.method"] = [], ["http.response.status_code"] = [] },
    };

    [GeneratedRegex("^\\| `([a-z][a-z._]+)` \\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>Every comparison of <c>name</c>: one or a list.</summary>
    [GeneratedRegex("(?<!\\[)\"((?:voucher|http)\\.[a-z._]+)\"")]
    private static partial Regex MetricName();

    /// <summary>An attribute that is compared with one value, or with a list of them.</summary>
    [GeneratedRegex("(?:\"\\]\\)|\\bWhat) (?:==|in) ?(\"[^\"]+\"|\\([^)]*\\))")]
    private static partial Regex ComparedValue();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    /// <summary>A row of a datatable: value and number.</summary>
    [GeneratedRegex("^ +\"([^\"]+)\", [0-9.]+,?$", RegexOptions.Multiline)]
    private static partial Regex Limit();

    [GeneratedRegex("customDimensions\\[\"([^\"]+)\"\\]")]
    private static partial Regex Attribute();
}
