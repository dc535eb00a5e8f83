using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoucherFunctions.Settings;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Hosting;

/// <summary>A setting is in three places here: the class that reads it, the sample to copy, the table to read. The fourth is checked by the <c>SettingsTests</c> of Infra.Tests.</summary>
public sealed partial class SettingsTests
{
    /// <summary>The Functions host's own.</summary>
    private static readonly string[] OfTheHost = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"];

    private static IEnumerable<string> Settings =>
        (from type in typeof(SiteOptions).Assembly.GetTypes()
         where type.Namespace == typeof(SiteOptions).Namespace && type.Name.EndsWith("Options", StringComparison.Ordinal)
         let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue()
         where section is not null
         from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
         select $"{section}__{property.Name}").Append(TelemetryOptions.OtlpEndpoint);

    [Fact]
    public void The_sample_has_every_setting_and_no_other()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))!;

        var names = sample["Values"]!.AsObject().Select(value => value.Key).Except(OfTheHost);

        Assert.Equal(Settings.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_in_the_README_has_every_setting_once_and_no_other()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        var names = Row().Matches(Section().Match(readme).Value).Select(row => row.Groups[1].Value);

        Assert.Equal(Settings.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^## Settings$.*?(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("^\\| `([A-Za-z]+__[A-Za-z]+|OTEL_[A-Z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
