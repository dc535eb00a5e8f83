using System.Text;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>Reads CSV by the letter of RFC 4180; another implementation than the product's.</summary>
internal static class Csv
{
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text, char separator = ',')
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (text[i])
            {
                case '"' when isQuoted && next == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case var cut when cut == separator && !isQuoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !isQuoted && next == '\n':
                    row.Add(cell.ToString());
                    rows.Add(row);
                    (row, cell) = ([], new StringBuilder());
                    i++;
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }
        return rows;
    }
}
