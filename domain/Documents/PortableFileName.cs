using System.Globalization;
using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// The name of a file that Windows, macOS and Linux can all store and show. Windows forbids some characters and names
/// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file), macOS and Linux hide names that begin with a dot, and Linux knows 255 bytes at most.
/// </summary>
public static class PortableFileName
{
    public const int MaxBytes = 255;

    /// <summary>Names of devices in Windows, whatever ending follows.</summary>
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <param name="tail">What is put between the name and its ending: the number of a second file of the same name.</param>
    public static string Of(string name, string tail = "")
    {
        var plain = string.Concat(name.Select(c => char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|' or '/' or '\\' ? '_' : c)).TrimEnd(' ', '.');
        if (plain.StartsWith('.') || Devices.Contains(plain.Split('.')[0].TrimEnd(' ')))
        {
            plain = "_" + plain;
        }
        var ending = Path.GetExtension(plain);
        return Cut(plain[..^ending.Length], MaxBytes - Encoding.UTF8.GetByteCount(tail + ending)) + tail + ending;
    }

    /// <summary>Whole characters as a person sees them: a letter keeps its marks, a family its members.</summary>
    private static string Cut(string text, int maxBytes)
    {
        var (end, bytes) = (0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(end, length));
            if (bytes > maxBytes)
            {
                return text[..end].TrimEnd(' ', '.');
            }
            end += length;
        }
        return text;
    }
}
