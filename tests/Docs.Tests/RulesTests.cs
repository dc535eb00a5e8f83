using System.Globalization;
using System.Text.RegularExpressions;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Docs.Tests;

/// <summary>docs/rules.md names files, tests and mutants. All of them exist, and no mutant of a rule is missing.</summary>
public sealed partial class RulesTests
{
    private static readonly IReadOnlyList<Rule> Rules = [.. Section().Matches(Read("docs/rules.md")).Select(match => new Rule(match.Groups[1].Value, match.Groups[2].Value))];

    private static readonly ILookup<string, string> Mutants = SeededMutant().Matches(Read("verification/Simulation/Mutants/SeededMutants.cs"))
        .SelectMany(match => match.Groups[2].Value.Split(", ").Select(rule => (Rule: rule, Name: match.Groups[1].Value)))
        .ToLookup(mutant => mutant.Rule, mutant => mutant.Name);

    private static readonly Dictionary<string, string> TestClasses = new[] { "tests", "verification" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file) is { } text && (text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal)))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file))
        .ToDictionary(files => files.Key, files => string.Join('\n', files.Select(File.ReadAllText)));

    [Fact]
    public void Every_promise_and_every_rule_has_a_section_with_code_and_tests()
    {
        Assert.Equal([.. Enumerable.Range(1, 12).Select(n => $"P{n}"), .. Enumerable.Range(1, 11).Select(n => $"R{n}")], Rules.Select(rule => rule.Name));
        Assert.All(Rules, rule => Assert.NotEmpty(rule.Code));
        Assert.All(Rules, rule => Assert.NotEmpty(rule.Tests));
    }

    [Fact]
    public void Decisions_are_numbered_without_holes()
    {
        var numbers = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions"), "*.md").Select(file => int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)).Order().ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public void Every_file_exists() =>
        Assert.All(Rules.SelectMany(rule => rule.Code), file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));

    [Fact]
    public void Every_test_exists() => Assert.All(Rules.SelectMany(rule => rule.Tests), name =>
    {
        var parts = name.Split('.');
        Assert.True(TestClasses.TryGetValue(parts[0], out var source), name);
        Assert.True(parts.Length == 1 || source.Contains($" {parts[1]}(", StringComparison.Ordinal), name);
    });

    [Fact]
    public void The_mutants_of_a_rule_are_those_of_the_simulation() =>
        Assert.All(Rules, rule => Assert.Equal(Mutants[rule.Name].Order(StringComparer.Ordinal), rule.Mutants.Order(StringComparer.Ordinal)));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"^### ([PR]\d+)\n(.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"new\(""([^""]+)"", ""([^""]+)"", \[")]
    private static partial Regex SeededMutant();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    private sealed record Rule(string Name, string Text)
    {
        public IReadOnlyList<string> Code => [.. Quoted().Matches(Line("Code")).Select(match => match.Groups[1].Value)];

        public IReadOnlyList<string> Tests => [.. Quoted().Matches(Line("Tests")).Select(match => match.Groups[1].Value)];

        public IReadOnlyList<string> Mutants => Line("Mutants").Split("; ", StringSplitOptions.RemoveEmptyEntries);

        private string Line(string name) =>
            Text.Split('\n').FirstOrDefault(line => line.StartsWith($"- {name}: ", StringComparison.Ordinal)) is { } line ? line[(name.Length + 4)..] : "";
    }
}
