using System.Text;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>
/// What a command found: printed at once, and on demand written between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c> in <c>docs/performance.md</c>, with its
/// charts beside it.
/// </summary>
internal sealed class Report(string name)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs");
    private readonly StringBuilder _markdown = new();
    private readonly Dictionary<string, string> _charts = [];

    public void Text(string paragraph) => Append($"{paragraph}\n");

    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) => Append(new MarkdownTable(header, [.. rows]).ToString());

    /// <summary>Every contender's figure with its spread, and how many times the baseline's it is.</summary>
    public void Ratios(Comparison comparison, string figure, string baseline)
    {
        var unit = comparison.UnitOf(baseline, figure);
        Table(["", $"{(unit.Length == 0 ? figure : $"{figure}, {unit}")}: median (least–most)", $"ratio to {baseline}"],
            comparison.Contenders.Where(contender => comparison.Has(contender, figure)).Select(contender => (IReadOnlyList<string>)
                [contender, comparison.Of(contender, figure).ToString(), contender == baseline ? "1" : comparison.Ratio(contender, baseline, figure).ToString()]));
    }

    /// <summary>One line: what was to be reached, what was, and whether that is enough.</summary>
    public void AtMost(double goal, string what, double reached) => Goal(what, reached, $"≤ {Numbers.Text(goal)}", reached <= goal);

    public void AtLeast(double goal, string what, double reached) => Goal(what, reached, $"≥ {Numbers.Text(goal)}", reached >= goal);

    /// <summary>A picture that stands beside the text as <c>docs/performance/{file}.svg</c>.</summary>
    public void Chart(string file, string alternative, string svg)
    {
        _charts[file] = svg;
        Append($"![{alternative}](performance/{file}.svg)\n");
    }

    public async Task WriteAsync()
    {
        var document = Path.Combine(Folder, "performance.md");
        var text = await File.ReadAllTextAsync(document);
        var (open, close) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var (start, end) = (text.IndexOf(open, StringComparison.Ordinal), text.IndexOf(close, StringComparison.Ordinal));
        if (start < 0 || end < start)
        {
            throw new InvalidDataException($"{document} has no section {name}.");
        }
        await File.WriteAllTextAsync(document, $"{text[..(start + open.Length)]}\n{_markdown}\n{text[end..]}");
        Directory.CreateDirectory(Path.Combine(Folder, "performance"));
        foreach (var (file, svg) in _charts)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, "performance", $"{file}.svg"), svg);
        }
    }

    private void Goal(string what, double reached, string goal, bool isMet) =>
        Text($"- {(isMet ? "**Met**" : "**Missed**")}: {what}: {Numbers.Text(reached)} (goal {goal}).");

    private void Append(string block)
    {
        Console.WriteLine(block);
        var isList = block.StartsWith("- ", StringComparison.Ordinal) && _markdown.ToString().TrimEnd().Split('\n')[^1].StartsWith("- ", StringComparison.Ordinal);
        _markdown.Append(_markdown.Length == 0 || isList ? "" : "\n").Append(block);
    }
}
