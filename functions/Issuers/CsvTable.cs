using System.Buffers;
using System.Text;
using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Issuers;

/// <summary>How a table is written.</summary>
/// <param name="WithByteOrderMark">With it a spreadsheet knows that the text is UTF-8; without it Excel breaks accents. A program does without.</param>
/// <param name="Separator">A comma, or the semicolon at which Excel cuts with the settings of this country.</param>
public sealed record CsvForm(bool WithByteOrderMark = true, char Separator = ',');

/// <summary>
/// A table as CSV (RFC 4180) in UTF-8, safe to open in a spreadsheet: where a spreadsheet could take a text, or part of it, for a formula, an apostrophe goes in front
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
/// <remarks>
/// Part of it, because a spreadsheet may cut the line elsewhere: with Swiss settings Excel cuts at semicolons, and minds no quotation mark in the middle of a field.
/// </remarks>
public sealed class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";
    private const string Cuts = ",;\t|\r\n\"'";
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n'");
    private readonly StringBuilder _text = new();

    private readonly CsvForm _form;

    public CsvTable(CsvForm form, params string[] columns)
    {
        _form = form;
        Add(columns);
    }

    /// <summary>One value a column; null is an empty one.</summary>
    public void Add(params string?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                _text.Append(_form.Separator);
            }
            _text.Append(Field(values[i] ?? ""));
        }
        _text.Append("\r\n");
    }

    public byte[] ToBytes()
    {
        var encoding = new UTF8Encoding(_form.WithByteOrderMark);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(_text.ToString())];
    }

    /// <summary>Quoted for every separator, not only for the one in use: a spreadsheet goes by its own settings.</summary>
    private static string Field(string value)
    {
        var safe = WithoutFormulas(value);
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string WithoutFormulas(string value)
    {
        var safe = new StringBuilder(value.Length + 1);
        var mayBegin = true;
        foreach (var symbol in value)
        {
            if (mayBegin && IsFormula(symbol))
            {
                safe.Append('\'');
            }
            safe.Append(symbol);
            mayBegin = Cuts.Contains(symbol, StringComparison.Ordinal) || (mayBegin && IsSkipped(symbol));
        }
        return safe.ToString();
    }

    /// <summary>Also in full width, as spreadsheets with an East Asian locale read them; and control characters, behind which one may hide.</summary>
    private static bool IsFormula(char symbol) =>
        symbol is '=' or '+' or '-' or '@' or '|' or '%' or '＝' or '＋' or '－' or '＠' || char.IsControl(symbol);

    /// <summary>What a spreadsheet may leave out before it looks for a formula: white space, and what nobody sees.</summary>
    private static bool IsSkipped(char symbol) =>
        char.IsWhiteSpace(symbol) || InvisibleCharacters.IsHidden(symbol);
}
