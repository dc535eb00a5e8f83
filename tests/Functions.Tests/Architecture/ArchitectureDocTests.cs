using System.Text.RegularExpressions;
using ArchUnitNET.Loader;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Hosting;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Architecture;

/// <summary>The lists of <c>docs/architecture.md</c> are what the compiled code does.</summary>
public sealed partial class ArchitectureDocTests
{
    /// <summary>Between the endpoint or timer and the table.</summary>
    private const int MostBetween = 9;

    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Requests =>
        ["Register", "Activate", "Issue, with a PDF", "Upload", "The deletion timer"];

    private static readonly ILookup<string, string> UsedBy = (
        from type in new ArchLoader().LoadAssemblies(typeof(Voucher).Assembly, typeof(VoucherPlatform).Assembly).Build().Types
        from dependency in type.Dependencies
            // A lambda or an async method is a type of its own, inside the one that it belongs to.
        select (From: type.FullName.Split('+', '/')[0].Split('.')[^1], To: dependency.Target.Name)).Distinct().ToLookup(use => use.To, use => use.From);

    [Theory]
    [MemberData(nameof(Requests))]
    public void Each_list_names_files_that_are_there_and_types_that_use_one_another(string request)
    {
        var steps = StepsOf(request);

        Assert.All(steps, step => Assert.Contains($" {step.Type}", File.ReadAllText(Path.Combine(Docs, step.File)), StringComparison.Ordinal));
        Assert.All(steps.Skip(1).Index(), step =>
            Assert.NotEmpty(UsedBy[step.Item.Type].Intersect(steps.Take(step.Index + 1).Select(above => above.Type))));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void No_list_names_a_type_twice_or_more_than_nine_on_the_way(string request)
    {
        var steps = StepsOf(request);

        Assert.Equal("Table", steps[^1].Type);
        Assert.InRange(steps.Count - 2, 1, MostBetween);
        Assert.Equal(steps.Count, steps.Select(step => step.Type).Distinct().Count());
    }

    private static List<(string Type, string File)> StepsOf(string request)
    {
        var section = File.ReadAllText(Path.Combine(Docs, "architecture.md")).Split("\n### ").Single(part => part.StartsWith($"{request}\n", StringComparison.Ordinal));
        return [.. Step().Matches(section).Select(step => (step.Groups[1].Value, step.Groups[2].Value))];
    }

    [GeneratedRegex(@"^[0-9]+\. \[(\w+)\]\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Step();
}
