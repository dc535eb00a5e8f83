namespace VoucherFunctions.Domain.Unicode;

/// <summary>Korean syllables: they follow a formula (The Unicode Standard, 3.12), so that no table has them.</summary>
internal static class Hangul
{
    private const int Syllable = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowel = 0x1161;
    private const int Trailing = 0x11A7;
    private const int Leadings = 19;
    private const int Vowels = 21;
    private const int Trailings = 28;

    public static bool IsSyllable(int character) => character is >= Syllable and < Syllable + Leadings * Vowels * Trailings;

    public static int[] Split(int syllable)
    {
        var index = syllable - Syllable;
        int[] parts = [Leading + index / (Vowels * Trailings), Vowel + index / Trailings % Vowels, Trailing + index % Trailings];
        return parts[2] == Trailing ? parts[..2] : parts;
    }

    public static int? Join(int first, int second)
    {
        if (first is >= Leading and < Leading + Leadings && second is >= Vowel and < Vowel + Vowels)
        {
            return Syllable + ((first - Leading) * Vowels + second - Vowel) * Trailings;
        }
        var isOpen = IsSyllable(first) && (first - Syllable) % Trailings == 0;
        return isOpen && second is > Trailing and < Trailing + Trailings ? first + second - Trailing : null;
    }
}
