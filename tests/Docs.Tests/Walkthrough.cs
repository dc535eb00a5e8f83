using System.Text.RegularExpressions;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Docs.Tests;

/// <summary>Commands of a document, and what it says they print: nothing when no block follows.</summary>
/// <param name="Line">Where the commands begin.</param>
/// <param name="Form"><c>json</c> or <c>text</c>.</param>
public sealed record Step(int Line, string Commands, string Form, string Answer);

/// <summary>A document whose <c>sh</c> blocks are run one after the other by one shell, as a reader does who pastes them.</summary>
public sealed partial class Walkthrough
{
    private const string Fence = "```";

    private Walkthrough(string text) => Text = text;

    public string Text { get; }

    public IReadOnlyList<Step> Steps { get; private init; } = [];

    /// <param name="document">Its path in the repository.</param>
    /// <param name="from">The heading under which the steps are; they end at the next heading of its level. All of the document unless given.</param>
    public static Walkthrough Of(string document, string? from = null)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, document));
        var lines = text.Split('\n');
        var first = from is null ? 0 : Array.IndexOf(lines, from);
        var end = from is null ? lines.Length : Array.FindIndex(lines, first + 1, line => line.StartsWith("## ", StringComparison.Ordinal));
        return new Walkthrough(text) { Steps = [.. StepsIn(lines, first, end < 0 ? lines.Length : end)] };
    }

    /// <summary>The first block in a language.</summary>
    public string Block(string language) => Regex.Match(Text, $"^{Fence}{language}\n(.*?)^{Fence}$", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;

    /// <summary>What differs from run to run, by what it is: ids, codes, keys, instants.</summary>
    public static string Normalise(string text, string address)
    {
        var plain = text.Replace(address, "http://localhost:7071", StringComparison.Ordinal);
        plain = Key().Replace(plain, "<key>");
        plain = Code().Replace(plain, "<code>");
        plain = LongId().Replace(plain, "<id>");
        plain = ShortId().Replace(plain, "\"<id>\"");
        plain = Instant().Replace(plain, "<instant>");
        plain = Day().Replace(plain, "<day>");
        return Seconds().Replace(plain, "\"retryAfter\":0");
    }

    private static IEnumerable<Step> StepsIn(string[] lines, int first, int end)
    {
        for (var line = first; line < end; line++)
        {
            if (lines[line] != $"{Fence}sh")
            {
                continue;
            }
            var (commands, close) = BlockAt(lines, line);
            var next = Array.FindIndex(lines, close + 1, text => text.Length > 0);
            var form = next < 0 ? "" : lines[next];
            yield return form is $"{Fence}json" or $"{Fence}text"
                ? new Step(line + 1, commands, form[Fence.Length..], BlockAt(lines, next).Text)
                : new Step(line + 1, commands, "text", "");
            line = close;
        }
    }

    private static (string Text, int Close) BlockAt(string[] lines, int open)
    {
        var close = Array.IndexOf(lines, Fence, open + 1);
        return (string.Join('\n', lines[(open + 1)..close]), close);
    }

    [GeneratedRegex("vf(test)?_[0-9a-z]{8}_[0-9a-z]{8}_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}")]
    private static partial Regex Code();

    [GeneratedRegex("\\b[0-9a-hjkmnp-tv-z]{32}\\b")]
    private static partial Regex LongId();

    [GeneratedRegex("\"[0-9a-hjkmnp-tv-z]{8}\"")]
    private static partial Regex ShortId();

    [GeneratedRegex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z")]
    private static partial Regex Instant();

    [GeneratedRegex("\\b20\\d\\d-\\d\\d-\\d\\d\\b")]
    private static partial Regex Day();

    [GeneratedRegex("\"retryAfter\": *\\d+")]
    private static partial Regex Seconds();
}
