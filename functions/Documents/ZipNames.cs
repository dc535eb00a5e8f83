using System.Globalization;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Documents;

/// <summary>Gives each entry a name that every system can store, and one of its own: names that differ in case or in the form of their letters are one file on many computers.</summary>
public sealed class ZipNames(string folder = "")
{
    private readonly HashSet<string> _taken = [];

    public string Take(string name)
    {
        var free = PortableFileName.Of(name);
        for (var number = 2; !_taken.Add(KeyOf(free)); number++)
        {
            free = PortableFileName.Of(name, string.Create(CultureInfo.InvariantCulture, $" ({number})"));
        }
        return folder + free;
    }

    /// <summary>The same for names that some file system takes for one: macOS folds ß to ss and does not see joiners.</summary>
    private static string KeyOf(string name) => NormalForms.Compatible(name).ToUpperInvariant().ToLowerInvariant()
        .Replace("ß", "ss", StringComparison.Ordinal)
        .Replace("\u200C", "", StringComparison.Ordinal)
        .Replace("\u200D", "", StringComparison.Ordinal);
}
