using System.Globalization;
using System.Text;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>
/// How spreadsheets may take a CSV file apart, whatever RFC 4180 says: at the list separator of their locale, with quotation marks that mean something at the start of a
/// field only, anywhere, or nowhere.
/// </summary>
internal static class Spreadsheet
{
    private const string Formula = "=+-@|%＝＋－＠";

    private enum Quotes
    {
        AtStart,
        Anywhere,
        Nowhere,
    }

    /// <summary>Every cell that some spreadsheet would take for a formula.</summary>
    public static IEnumerable<string> FormulasIn(string csv) =>
        from separator in ",;\t|"
        from quotes in Enum.GetValues<Quotes>()
        from cell in Cells(csv, separator, quotes)
        where IsFormula(cell)
        select $"{separator} {quotes}: {cell}";

    private static bool IsFormula(string cell)
    {
        var seen = cell.SkipWhile(c => c == '"' || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control).ToArray();
        return seen.Length > 0 && Formula.Contains(seen[0], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Cells(string csv, char separator, Quotes quotes)
    {
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var symbol in csv)
        {
            if (symbol == '"' && quotes != Quotes.Nowhere && (isQuoted || quotes == Quotes.Anywhere || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (symbol == separator || symbol is '\r' or '\n'))
            {
                yield return cell.ToString();
                cell.Clear();
                continue;
            }
            cell.Append(symbol);
        }
        yield return cell.ToString();
    }
}
