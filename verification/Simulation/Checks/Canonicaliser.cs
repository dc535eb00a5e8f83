using System.Text.RegularExpressions;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>Gives the random parts of keys names in the order in which they appear: two runs that do the same read the same.</summary>
public sealed partial class Canonicaliser
{
    private readonly Dictionary<string, string> _names = [];

    public static IEnumerable<Match> RandomIn(string line) => Random().Matches(line);

    public string In(string line) => Random().Replace(line, match => Of(match.Value));

    public string Of(string word)
    {
        if (!_names.TryGetValue(word, out var name))
        {
            _names[word] = name = $"~{_names.Count + 1}";
        }
        return name;
    }

    /// <summary>A name that is known from the start.</summary>
    public void Set(string value, string name) => _names[value] = name;

    [GeneratedRegex("[0-9a-z]{32,}|(?<=[-/])[0-9a-z]{16}(?![0-9a-z])|(?<=IssuerId=/)[0-9a-z]+|(?<=issuers/)[0-9a-z]{8}(?![0-9a-z])")]
    private static partial Regex Random();
}
