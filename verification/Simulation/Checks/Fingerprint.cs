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
    private const string Due = "due";
    private static readonly string[] Tables = ["vouchers", "emails", Due, "throttle", "erasures"];
    private static readonly HashSet<string> Sealed = ["WrappedKey", "SealedName", "SealedEmail", "PasswordHash"];

    public static string Of(World world) => Hash(Text(world));

    /// <summary>The same whenever it happened.</summary>
    public static string WithoutTimes(World world) => Hash(Time().Replace(Text(world), "at some time"));

    private static string Text(World world)
    {
        var lines = Tables.SelectMany(table => world.Space.Rows(table).Select(row => Stored.LineOf(row, each => new CanonicalLine(Text(table, each), table == Due ? each.Partition : null)))).ToList();
        lines.Sort((a, b) => string.CompareOrdinal(a.WithoutNames, b.WithoutNames));
        // A shard follows from the random id of its voucher: what matters is which comes first.
        var shards = world.Space.Rows(Due).Select(row => row.Partition).Distinct().Order(StringComparer.Ordinal).ToList();
        var names = new Canonicaliser();
        var text = new StringBuilder(world.Now.ToString("O", CultureInfo.InvariantCulture));
        foreach (var line in lines)
        {
            line.AppendTo(text.Append('\n').Append(line.Shard is null ? "" : $"shard {shards.IndexOf(line.Shard)} of "), names);
        }
        return text.Append($"\n{Contents.Count(world)} contents, {Contents.OfNobody(world).Count()} of nobody").ToString();
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Text(string table, TableRow row) => $"{table}/{(table == Due ? "" : row.Partition)}/{row.Row} " + string.Join(' ', Stored.Of(row)
        .Where(property => property.Key != "Operations")
        .Select(property => Sealed.Contains(property.Key) ? $"{property.Key}={(property.Value.Length > 0 ? "there" : "gone")}" : $"{property.Key}=/{property.Value}"));

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|(?<=[=,/])\d{18}(?!\d)")]
    private static partial Regex Time();
}
