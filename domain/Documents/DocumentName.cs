using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// The name of a document, in any script: 1–150 characters on one line in NFC, nothing that is a path or hidden, and an ending that tells a type
/// (<see cref="DocumentType"/>). Spaces around it and characters that nobody sees are taken away: the same name on two computers is one document.
/// </summary>
public sealed record DocumentName
{
    private const int MaxLength = 150;

    /// <summary>Beyond this nothing is mended: letters with their marks in NFD are longer than in NFC.</summary>
    private const int MaxTyped = 4 * MaxLength;

    private DocumentName(string value, DocumentType type) => (Value, Type) = (value, type);

    public string Value { get; }

    public DocumentType Type { get; }

    /// <summary>Null when it is one; otherwise what is wrong with it.</summary>
    public static Refusal? Check(string text, out DocumentName? name)
    {
        name = null;
        if (text.Length > MaxTyped)
        {
            return Refusal.Invalid("name", "too-long");
        }
        if (ReasonAgainst(text) is { } reason)
        {
            return Refusal.Invalid("name", reason);
        }
        var value = NormalForms.Composed(InvisibleCharacters.Remove(text).Trim());
        if (value.Length is 0 or > MaxLength)
        {
            return Refusal.Invalid("name", value.Length == 0 ? "empty" : "too-long");
        }
        if (DocumentType.Of(value) is not { } type)
        {
            return Problems.DocumentTypeNotAllowed;
        }
        name = new DocumentName(value, type);
        return null;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out DocumentName? name) => Check(text, out name) is null && name is not null;

    /// <summary>Never the name: it must not reach a log by accident.</summary>
    public override string ToString() => "(document)";

    /// <summary>What cannot be mended without changing what the person sees.</summary>
    private static string? ReasonAgainst(string text)
    {
        // %2F stands for a slash that the host left as it was (%5C becomes one before it gets here).
        if (text.AsSpan().IndexOfAny('/', '\\') >= 0 || text.Contains("%2f", StringComparison.OrdinalIgnoreCase))
        {
            return "path";
        }
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != OperationStatus.Done)
            {
                return "unknown-character";
            }
            if (InvisibleCharacters.ReasonAgainst(rune) is { } reason)
            {
                return reason;
            }
            i += used;
        }
        return null;
    }
}
