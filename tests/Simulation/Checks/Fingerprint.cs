using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>
/// What is stored, with names in place of random values: two runs that come to the same have the same future, which is looked at once.
/// </summary>
public static partial class Fingerprint
{
    private static readonly string[] Tables = ["vouchers", "emails", "due", "throttle", "erasures"];
    private static readonly HashSet<string> Sealed = ["WrappedKey", "SealedName", "SealedEmail", "PasswordHash"];

    public static string Of(World world)
    {
        var rows = Tables.SelectMany(table => world.Space.Rows(table).Select(row => Line(table, row))).ToList();
        // The order of random keys means nothing: rows are sorted by what is left without them.
        rows.Sort((a, b) => string.CompareOrdinal(Blank().Replace(a, "~"), Blank().Replace(b, "~")));
        var names = new Names();
        var text = new StringBuilder(world.Now.ToString("O", CultureInfo.InvariantCulture));
        foreach (var row in rows)
        {
            text.Append('\n').Append(names.In(row));
        }
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Line(string table, TableRow row) => $"{table}/{row.Partition}/{row.Row} " + string.Join(' ', Stored.Of(row)
        .Where(property => property.Key != "Operations")
        .Select(property => Sealed.Contains(property.Key) ? $"{property.Key}={(property.Value.Length > 0 ? "there" : "gone")}" : $"{property.Key}=/{property.Value}"));

    [GeneratedRegex("[0-9a-z]{32,}|(?<=[-/])[0-9a-z]{16}(?![0-9a-z])")]
    private static partial Regex Blank();
}
