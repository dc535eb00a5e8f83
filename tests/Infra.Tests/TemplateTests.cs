using System.Text.RegularExpressions;

namespace VoucherFunctions.Infra.Tests;

/// <summary>The Bicep files as text and for the compiler. The CLI ends with 0 on warnings, also on a misspelt property: any word of it fails here.</summary>
public sealed partial class TemplateTests
{
    public static readonly TheoryData<string> Files = [.. Copy.Files];

    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("*.bicepparam")]
    public async Task The_compiler_and_the_linter_find_nothing(string pattern)
    {
        var result = await Tool.BicepAsync("lint", "--pattern", pattern);

        Assert.True(result is { ExitCode: 0 } && !result.ToString().Contains("Warning", StringComparison.OrdinalIgnoreCase), result.ToString());
    }

    [Fact]
    public async Task Files_are_formatted()
    {
        using var copy = new Copy();

        var templates = await Tool.BicepInAsync(copy.Folder, "format", "--pattern", "**/*.bicep");
        var parameters = await Tool.BicepInAsync(copy.Folder, "format", "--pattern", "*.bicepparam");

        Assert.True(templates.ExitCode + parameters.ExitCode == 0, $"{templates}{parameters}");
        Assert.All(Copy.Files, file => Assert.Equal(File.ReadAllText(Path.Combine(copy.Folder, file)), File.ReadAllText(Path.Combine(Tool.Infra, file))));
    }

    [Theory, MemberData(nameof(Files))]
    public void Files_are_short(string file)
    {
        var longest = file.StartsWith("modules", StringComparison.Ordinal) ? 120 : 220;

        var lines = File.ReadAllLines(Path.Combine(Tool.Infra, file)).Length;

        Assert.True(lines <= longest, $"{file} has {lines} lines, more than {longest}.");
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_parameter_and_output_says_what_it_is(string file)
    {
        var text = File.ReadAllText(Path.Combine(Tool.Infra, file));

        // Decorators stand above, without an empty line in between. A parameter file only gives values.
        var undescribed = file.EndsWith(".bicepparam", StringComparison.Ordinal) ? [] : Paragraph().Matches(text)
            .Select(match => match.Value)
            .Where(paragraph => Declaration().IsMatch(paragraph) && !paragraph.Contains("@description(", StringComparison.Ordinal));

        Assert.Empty(undescribed);
    }

    [Fact]
    public void Every_rule_of_the_linter_is_an_error()
    {
        var levels = Level().Matches(File.ReadAllText(Path.Combine(Tool.Infra, "bicepconfig.json"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(levels);
        Assert.All(levels, level => Assert.Equal("error", level));
    }

    [GeneratedRegex(@"(?:^.+\n)+", RegexOptions.Multiline)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^(param|output) ", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("\"level\": \"([a-z]+)\"")]
    private static partial Regex Level();
}
