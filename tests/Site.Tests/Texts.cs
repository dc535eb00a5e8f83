using System.Text.Json;
using System.Text.RegularExpressions;

namespace SiteTests;

/// <summary>The messages of one language, as the site shows them.</summary>
public sealed partial class Texts
{
    public static readonly string[] Languages = ["fr", "de", "it", "en"];
    private static readonly Dictionary<string, Texts> Loaded = Languages.ToDictionary(language => language, language => new Texts(language));
    private readonly Dictionary<string, string> _messages;

    private Texts(string language)
    {
        Language = language;
        var file = File.ReadAllText(Path.Combine(Repository.Site, "messages", $"{language}.json"));
        _messages = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }

    public string Language { get; }

    public IReadOnlyDictionary<string, string> All => _messages;

    public string this[string key] => _messages[key];

    public static Texts In(string language) => Loaded[language];

    /// <summary>The text with its placeholders filled.</summary>
    public string Fill(string key, string name, string value) => this[key].Replace($"{{{name}}}", value, StringComparison.Ordinal);

    /// <summary>The longest piece of a text between placeholders: enough to find it on a page whatever is filled in.</summary>
    public string Fixed(string key) => Placeholder().Split(this[key]).MaxBy(part => part.Length)!.Trim();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
