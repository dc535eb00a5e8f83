using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// The name of a document, in any script: 1–150 characters on one line, nothing that is a path or hidden, and an ending that tells a type
/// (<see cref="DocumentType"/>). Compared character by character: the app runs without the tables that would fold two spellings of a letter into one.
/// </summary>
public sealed record DocumentName
{
    private const int MaxLength = 150;

    private DocumentName(string value, DocumentType type) => (Value, Type) = (value, type);

    public string Value { get; }

    public DocumentType Type { get; }

    /// <summary>Null when it is one; otherwise what is wrong with it.</summary>
    public static Refusal? Check(string text, out DocumentName? name)
    {
        name = null;
        if (text.Length is 0 or > MaxLength || !IsOnePlainLine(text))
        {
            return Refusal.Invalid("name", text.Length > MaxLength ? "too-long" : "invalid");
        }
        if (DocumentType.Of(text) is not { } type)
        {
            return Problems.DocumentTypeNotAllowed;
        }
        name = new DocumentName(text, type);
        return null;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out DocumentName? name) => Check(text, out name) is null && name is not null;

    /// <summary>Never the name: it must not reach a log by accident.</summary>
    public override string ToString() => "(document)";

    private static bool IsOnePlainLine(string text)
    {
        // %2F stands for a slash that the host left as it was (%5C becomes one before it gets here).
        if (char.IsWhiteSpace(text[0]) || text.AsSpan().IndexOfAny('/', '\\') >= 0 || text.Contains("%2f", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != System.Buffers.OperationStatus.Done || IsHidden(rune))
            {
                return false;
            }
            i += used;
        }
        return true;
    }

    /// <summary>Joiners, which some scripts need, are no tricks; what turns the direction of the text is.</summary>
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => rune.Value == 0xFFFD,
    };
}
