using System.Diagnostics.CodeAnalysis;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Training;

/// <summary>
/// A place in the training, below its start: segments that a folder can have, apart by single slashes; no dot first, no backslash, nothing invisible.
/// Empty, or with a slash at its end, it is a folder.
/// </summary>
public sealed record TrainingPath
{
    private const int Longest = 512;
    private const string StartPage = "index.html";

    private TrainingPath(string value) => Value = value;

    public string Value { get; }

    public bool IsStart => Value.Length == 0;

    /// <summary>The folder's start page, or the file.</summary>
    public string BlobName => IsStart || Value.EndsWith('/') ? Value + StartPage : Value;

    /// <summary>As part of a URL.</summary>
    public string Escaped => string.Join('/', Value.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The same name as a folder.</summary>
    public TrainingPath AsFolder() => new($"{Value}/");

    public static TrainingPath FolderOf(Language language) => new($"{language.Code()}/");

    public static bool TryParse(string? text, [NotNullWhen(true)] out TrainingPath? path)
    {
        path = null;
        if (text is null || text.Length > Longest)
        {
            return false;
        }
        var segments = text.Split('/');
        var named = segments[^1].Length == 0 ? segments[..^1] : segments;
        path = named.All(IsName) ? new TrainingPath(text) : null;
        return path is not null;
    }

    /// <summary>What is left of a percent sign here is an encoded slash, which no folder has.</summary>
    private static bool IsName(string segment) => segment.Length > 0
        && segment[0] != '.'
        && !segment.Contains('\\', StringComparison.Ordinal)
        && !segment.Contains('%', StringComparison.Ordinal)
        && segment == segment.Trim()
        && !segment.Any(char.IsControl)
        && !segment.Any(char.IsSurrogate);
}
