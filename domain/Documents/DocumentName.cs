using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// The name of a document, in any script: 1–150 characters on one line in NFC, nothing that is a path or hidden, and an ending that tells a type
/// (<see cref="DocumentType"/>). Spaces around it and characters that nobody sees are taken away: the same name on two computers is one document.
/// </summary>
/// <remarks>
/// The name stays when its ending is wrong: a WebP called <c>a.jpg</c> is replaced and removed as <c>a.jpg</c>. A download calls it <c>a.webp</c>
/// (<see cref="FileName"/>), because Windows chooses the program by the ending and Excel warns of a wrong one.
/// </remarks>
public sealed record DocumentName
{
    private const int MaxLength = 150;

    /// <summary>Beyond this nothing is mended: letters with their marks in NFD are longer than in NFC.</summary>
    private const int MaxTyped = 4 * MaxLength;

    private DocumentName(string value, DocumentType type) => (Value, Type) = (value, type);

    public string Value { get; }

    /// <summary>The type of the content; until the content was inspected, the type of the ending.</summary>
    public DocumentType Type { get; }

    /// <summary>The name for downloads: with the ending of its type.</summary>
    public string FileName => HasOwnEnding ? Value : $"{Value[..Value.LastIndexOf('.')]}.{Type.Ending}";

    /// <summary>The stored form, to be sealed: the name. A second line gives the type if the ending gives another.</summary>
    public string Sealed => HasOwnEnding ? Value : $"{Value}\n{Type.Ending}";

    private bool HasOwnEnding => DocumentType.Of(Value) == Type;

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
            return UnkeptContent.RefuseName(value);
        }
        name = new DocumentName(value, type);
        return null;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out DocumentName? name) => Check(text, out name) is null && name is not null;

    /// <summary>Reads <see cref="Sealed"/>.</summary>
    public static bool TryParseSealed(string text, [NotNullWhen(true)] out DocumentName? name)
    {
        var lines = text.Split('\n');
        if (TryParse(lines[0], out name) && lines is [_, var ending])
        {
            name = DocumentType.Of($"_.{ending}") is { } type ? name.Holding(type) : null;
        }
        return name is not null && lines.Length <= 2;
    }

    /// <summary>The same name with the type of the inspected content.</summary>
    public DocumentName Holding(DocumentType type) => new(Value, type);

    /// <summary>An account has one document of a name, whatever its content is.</summary>
    public bool Equals(DocumentName? other) => other?.Value == Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

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
