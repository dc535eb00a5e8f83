using System.Globalization;

namespace VoucherFunctions.Domain.Unicode;

/// <summary>The data of the normal forms, read from <c>normal-forms.txt</c> at the first text that is not ASCII.</summary>
internal sealed class NormalFormData
{
    private static readonly Lazy<NormalFormData> Loaded = new(() => new NormalFormData());
    private readonly Dictionary<int, int> _classes = [];
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<(int First, int Second), int> _pairs = [];

    private NormalFormData()
    {
        using var lines = new StreamReader(typeof(NormalFormData).Assembly.GetManifestResourceStream("normal-forms.txt")!);
        while (lines.ReadLine() is { } line)
        {
            Read(line);
        }
    }

    public static NormalFormData Instance => Loaded.Value;

    /// <summary>The rank of a mark among the marks of a letter; 0 for what is no mark.</summary>
    public int ClassOf(int character) => _classes.GetValueOrDefault(character);

    /// <summary>Null when the character does not fall apart.</summary>
    public int[]? PartsOf(int character, bool isCompatible) =>
        _canonical.GetValueOrDefault(character) ?? (isCompatible ? _compatible.GetValueOrDefault(character) : null);

    /// <summary>Null when the two make no character.</summary>
    public int? Join(int first, int second) =>
        _pairs.TryGetValue((first, second), out var joined) ? joined : Hangul.Join(first, second);

    private void Read(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "class":
                foreach (var mark in words.AsSpan(2))
                {
                    _classes.Add(Character(mark), int.Parse(words[1], CultureInfo.InvariantCulture));
                }
                break;
            case "pair":
                _canonical.Add(Character(words[1]), [Character(words[2]), Character(words[3])]);
                _pairs.Add((Character(words[2]), Character(words[3])), Character(words[1]));
                break;
            case "same":
                _canonical.Add(Character(words[1]), [.. words.Skip(2).Select(Character)]);
                break;
            case "like":
                _compatible.Add(Character(words[1]), [.. words.Skip(2).Select(Character)]);
                break;
        }
    }

    private static int Character(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
