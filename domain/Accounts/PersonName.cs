using System.Diagnostics.CodeAnalysis;
using System.Text;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>A person's name as typed, 1–100 characters in any script, trimmed, without control or direction-override characters.</summary>
public sealed record PersonName
{
    public const int MaxLength = 100;

    private PersonName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out PersonName? name)
    {
        name = null;
        if (text is null || text.Length > 4 * MaxLength || !IsWellFormed(text))
        {
            return false;
        }
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > MaxLength || trimmed.EnumerateRunes().Any(IsForbidden) || !trimmed.EnumerateRunes().Any(Rune.IsLetterOrDigit))
        {
            return false;
        }
        name = new PersonName(trimmed);
        return true;
    }

    /// <summary>A replacement character may be how the name came to the person.</summary>
    private static bool IsForbidden(Rune rune) => InvisibleCharacters.ReasonAgainst(rune) is not null && rune != Rune.ReplacementChar;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Never the name: it must not reach a log by accident.</summary>
    public override string ToString() => "(name)";
}
