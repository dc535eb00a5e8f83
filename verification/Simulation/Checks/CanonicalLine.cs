using System.Text;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>Text in which some words are random: what stands between them, and they.</summary>
public sealed class CanonicalLine
{
    private readonly List<string> _texts = [];
    private readonly List<string> _words = [];

    public CanonicalLine(string text, string? shard)
    {
        Shard = shard;
        var at = 0;
        foreach (var word in Canonicaliser.RandomIn(text))
        {
            _texts.Add(text[at..word.Index]);
            _words.Add(word.Value);
            at = word.Index + word.Length;
        }
        _texts.Add(text[at..]);
        WithoutNames = string.Join('~', _texts);
    }

    /// <summary>Where it is, if that is a matter of chance.</summary>
    public string? Shard { get; }

    /// <summary>All that is not random: what lines are sorted by, as the order of random keys means nothing.</summary>
    public string WithoutNames { get; }

    public void AppendTo(StringBuilder target, Canonicaliser names)
    {
        for (var index = 0; index < _words.Count; index++)
        {
            target.Append(_texts[index]).Append(names.Of(_words[index]));
        }
        target.Append(_texts[^1]);
    }
}
