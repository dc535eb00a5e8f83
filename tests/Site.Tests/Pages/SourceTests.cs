using System.Text.RegularExpressions;

namespace SiteTests.Pages;

/// <summary>What the content policy and the house style forbid must not even be in the sources.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Markup = [.. Repository.Sources.Where(file => file.EndsWith(".html", StringComparison.Ordinal))];
    private static readonly string[] Scripts = [.. Repository.Sources.Where(file => file.EndsWith(".js", StringComparison.Ordinal))];
    private static readonly string[] Styles = [.. Repository.Sources.Where(file => file.EndsWith(".css", StringComparison.Ordinal))];

    [Fact]
    public void Scripts_write_text_and_never_markup() => Assert.Empty(Find(Scripts, MarkupFromText()));

    [Fact]
    public void Scripts_run_no_text_as_code() => Assert.Empty(Find(Scripts, CodeFromText()));

    [Fact]
    public void Dates_for_people_are_written_in_one_module()
    {
        var writing = Scripts.Where(file => DateForPeople().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Site, file));

        Assert.Equal(["js/format.js"], writing);
    }

    [Fact]
    public void Pages_hold_no_inline_script_handler_or_style() => Assert.Empty(Find(Markup, Inline()));

    [Fact]
    public void Nothing_comes_from_another_origin() =>
        Assert.Empty(Find([.. Markup, .. Scripts, .. Styles], ForeignOrigin()));

    [Fact]
    public void Every_page_has_a_language_a_title_and_one_visible_heading()
    {
        foreach (var page in Markup)
        {
            var html = File.ReadAllText(page);
            Assert.Contains("<html lang=\"fr\">", html, StringComparison.Ordinal);
            Assert.Matches("<title[^>]*>[^<]+</title>", html);
            Assert.Contains("<h1", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_stay_small_enough_to_read() =>
        Assert.DoesNotContain([.. Markup, .. Scripts, .. Styles], file => File.ReadLines(file).Count() > 300);

    private static IEnumerable<string> Find(IEnumerable<string> files, Regex forbidden) =>
        from file in files
        from Match match in forbidden.Matches(File.ReadAllText(file))
        select $"{Path.GetRelativePath(Repository.Site, file)}: {match.Value}";

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML")]
    private static partial Regex MarkupFromText();

    [GeneratedRegex(@"\beval\(|new Function|setTimeout\(\s*['""`]|javascript:|\.on\w+\s*=\s*['""`]|setAttribute\(\s*['""`](style|on\w+)")]
    private static partial Regex CodeFromText();

    [GeneratedRegex(@"DateTimeFormat|toLocale(Date|Time)String|to(Date|Time)String|\.get(Day|Month|FullYear|Hours|Minutes)\(")]
    private static partial Regex DateForPeople();

    [GeneratedRegex(@"\sstyle\s*=|\son[a-z]+\s*=|<style|<script(?![^>]*\ssrc=)|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    /// <summary>An SVG's namespace is a name, not an address.</summary>
    [GeneratedRegex(@"(https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(\.[a-z0-9-]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignOrigin();
}
