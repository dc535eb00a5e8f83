using System.Buffers;
using System.Text;

namespace VoucherFunctions.Issuers;

/// <summary>
/// A table as CSV (RFC 4180) in UTF-8, safe to open in a spreadsheet: a text that a spreadsheet could take for a formula gets an apostrophe in front
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
public sealed class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n'");
    private readonly StringBuilder _text = new();

    public CsvTable(params string[] columns) => Add(columns);

    /// <summary>One value a column; null is an empty one.</summary>
    public void Add(params string?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _text.Append(i == 0 ? "" : ",").Append(Field(values[i] ?? ""));
        }
        _text.Append("\r\n");
    }

    /// <summary>With the byte order mark a spreadsheet knows that it is UTF-8; without it Excel breaks accents.</summary>
    public byte[] ToBytes(bool withByteOrderMark)
    {
        var encoding = new UTF8Encoding(withByteOrderMark);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(_text.ToString())];
    }

    private static string Field(string value)
    {
        var start = value.AsSpan().TrimStart();
        var isFormula = (start.Length > 0 && IsFormula(start[0])) || (value.Length > 0 && char.IsControl(value[0]));
        var safe = isFormula ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>Also in full width, as spreadsheets with an East Asian locale read them.</summary>
    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '|' or '%' or '＝' or '＋' or '－' or '＠';
}
