using System.Globalization;

namespace VoucherFunctions.Documents;

/// <summary>Gives each entry a name of its own: two that differ in case only are one file on many computers.</summary>
public sealed class ZipNames(string folder = "")
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string Take(string name)
    {
        var (stem, ending) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        for (var number = 2; !_taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem} ({number}){ending}");
        }
        return folder + name;
    }
}
