using System.Text.RegularExpressions;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>Gives the random parts of keys names in the order in which they appear: two runs that do the same read the same.</summary>
public sealed partial class Names
{
    private readonly Dictionary<string, string> _names = [];

    public string In(string line) => Random().Replace(line, match =>
    {
        if (!_names.TryGetValue(match.Value, out var name))
        {
            _names[match.Value] = name = $"~{_names.Count + 1}";
        }
        return name;
    });

    /// <summary>A name that is known from the start.</summary>
    public void Set(string value, string name) => _names[value] = name;

    [GeneratedRegex("[0-9a-z]{32,}|(?<=[-/])[0-9a-z]{16}(?![0-9a-z])")]
    private static partial Regex Random();
}
