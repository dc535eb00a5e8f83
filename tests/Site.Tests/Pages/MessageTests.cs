using System.Text.RegularExpressions;

namespace SiteTests.Pages;

/// <summary>The four message files say the same things, in the typography of their language.</summary>
public sealed partial class MessageTests
{
    private const char NoBreakSpace = '\u00A0';

    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_key_is_missing_or_extra(string language) =>
        Assert.Equal(Texts.In("fr").All.Keys, Texts.In(language).All.Keys);

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_same_values_are_filled_in_everywhere(string language)
    {
        foreach (var (key, text) in Texts.In(language).All.Where(message => !message.Key.EndsWith(".one", StringComparison.Ordinal)))
        {
            Assert.True(Placeholders(Texts.In("fr")[key]).SetEquals(Placeholders(text)), $"{language} {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_text_is_empty_or_holds_markup_or_a_typewriter_apostrophe(string language) =>
        Assert.DoesNotContain(Texts.In(language).All.Values, text => string.IsNullOrWhiteSpace(text) || Typewriter().IsMatch(text));

    [Fact]
    public void French_keeps_its_signs_with_a_no_break_space()
    {
        foreach (var text in Texts.In("fr").All.Values)
        {
            Assert.DoesNotMatch(@"[^\u00A0\u202F][?!:;»](?!\S)", text);
            Assert.DoesNotMatch($"«[^{NoBreakSpace}]", text);
        }
    }

    [Fact]
    public void Swiss_German_has_no_sharp_s_and_its_own_quotes() =>
        Assert.DoesNotContain(Texts.In("de").All.Values, text => text.Contains('ß') || text.Contains('„') || Spaced().IsMatch(text));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_is_used(string language)
    {
        var sources = string.Concat(Repository.Sources
            .Where(file => file.EndsWith(".js", StringComparison.Ordinal) || file.EndsWith(".html", StringComparison.Ordinal))
            .Select(File.ReadAllText));

        Assert.DoesNotContain(Texts.In(language).All.Keys, key => !IsUsed(key, sources));
    }

    [Fact]
    public void Every_text_a_source_asks_for_exists()
    {
        var known = Texts.In("fr").All;
        var asked =
            from file in Repository.Sources
            where file.EndsWith(".js", StringComparison.Ordinal) || file.EndsWith(".html", StringComparison.Ordinal)
            from Match match in Asked().Matches(File.ReadAllText(file))
            select match.Groups["key"].Value;

        Assert.DoesNotContain(asked, key => !known.ContainsKey(key) && !known.ContainsKey($"{key}.other"));
    }

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    /// <summary>Keys of refusals, reasons and plural forms are put together by scripts; theirs are checked where they are shown.</summary>
    private static bool IsUsed(string key, string sources)
    {
        var name = Plural().Replace(key, "");
        return name.StartsWith("problem.", StringComparison.Ordinal)
            || name.StartsWith("password.weak.", StringComparison.Ordinal)
            || (name.StartsWith("field.", StringComparison.Ordinal) && name.EndsWith(".invalid", StringComparison.Ordinal))
            || sources.Contains($"\"{name}\"", StringComparison.Ordinal)
            || sources.Contains($"'{name}'", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\.(one|other)$")]
    private static partial Regex Plural();

    [GeneratedRegex(@"['<>]|&\w+;|  ")]
    private static partial Regex Typewriter();

    [GeneratedRegex(@"«\s|\s»")]
    private static partial Regex Spaced();

    [GeneratedRegex(@"data-t(-label)?=""(?<key>[^""]+)""|\b(say|tell|tellOfCamera)\([^;]*?'(?<key>[a-zA-Z]+(\.[\w-]+)+)'|\bt\('(?<key>[^']+)'|(leave\(|key: )'(?<key>[^']+)'")]
    private static partial Regex Asked();
}
