using System.Runtime.InteropServices;
using System.Text;

namespace VoucherFunctions.Domain.Unicode;

/// <summary>
/// The normal forms of Unicode (UAX #15). One letter can be written in several ways: "é" is one character on Windows and two on a Mac. Texts are compared in a normal form.
/// <c>string.Normalize</c> does nothing in this app, which runs without ICU: docs/decisions/0018-normal-forms.md.
/// </summary>
public static class NormalForms
{
    /// <summary>NFC: looks the same, and each letter is one character where there is one.</summary>
    public static string Composed(string text) => Ascii.IsValid(text) ? text : ToText(Compose(Decompose(text, isCompatible: false)));

    /// <summary>NFD: letters and marks apart, as older file systems of the Mac write them.</summary>
    public static string Decomposed(string text) => Ascii.IsValid(text) ? text : ToText(Decompose(text, isCompatible: false));

    /// <summary>NFKC: as NFC, and variants of a character (a no-break space, a wide letter) are the plain character.</summary>
    public static string Compatible(string text) => Ascii.IsValid(text) ? text : ToText(Compose(Decompose(text, isCompatible: true)));

    private static List<int> Decompose(string text, bool isCompatible)
    {
        var data = NormalFormData.Instance;
        var characters = new List<int>(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
        {
            Add(characters, rune.Value, isCompatible, data);
        }
        Sort(characters, data);
        return characters;
    }

    private static void Add(List<int> characters, int character, bool isCompatible, NormalFormData data)
    {
        if (Hangul.IsSyllable(character))
        {
            characters.AddRange(Hangul.Split(character));
            return;
        }
        if (data.PartsOf(character, isCompatible) is not { } parts)
        {
            characters.Add(character);
            return;
        }
        foreach (var part in parts)
        {
            Add(characters, part, isCompatible, data);
        }
    }

    /// <summary>Marks that stand one after the other, by class. Those of one class keep their order.</summary>
    private static void Sort(List<int> characters, NormalFormData data)
    {
        for (var from = 0; from < characters.Count; from++)
        {
            var to = from;
            while (to < characters.Count && data.ClassOf(characters[to]) > 0)
            {
                to++;
            }
            if (to - from > 1)
            {
                int[] sorted = [.. characters[from..to].OrderBy(data.ClassOf)];
                sorted.CopyTo(CollectionsMarshal.AsSpan(characters)[from..to]);
            }
            from = to;
        }
    }

    /// <summary>Joins each letter with the marks behind it, unless a mark of the same or a higher class stands between them.</summary>
    private static List<int> Compose(List<int> characters)
    {
        var data = NormalFormData.Instance;
        var composed = new List<int>(characters.Count);
        var (start, lastClass) = (-1, 0);
        foreach (var character in characters)
        {
            var ownClass = data.ClassOf(character);
            var isReachable = start >= 0 && (composed.Count - 1 == start || (lastClass != 0 && lastClass < ownClass));
            if (isReachable && data.Join(composed[start], character) is { } joined)
            {
                composed[start] = joined;
                continue;
            }
            if (ownClass == 0)
            {
                start = composed.Count;
            }
            lastClass = ownClass;
            composed.Add(character);
        }
        return composed;
    }

    private static string ToText(List<int> characters)
    {
        var text = new StringBuilder(characters.Count);
        foreach (var character in characters)
        {
            text.Append(new Rune(character));
        }
        return text.ToString();
    }
}
