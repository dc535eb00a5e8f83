using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>A page as it grows. Whatever is not said to be markup is escaped.</summary>
internal sealed partial class Html
{
    private readonly StringBuilder _text = new();

    public Html Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    public Html Element(string tag, string? text, string attributes = "") =>
        string.IsNullOrEmpty(text) ? this : Raw($"<{tag}{(attributes.Length == 0 ? "" : " " + attributes)}>{Inline(text)}</{tag.Split(' ')[0]}>");

    /// <summary>Cells are markup.</summary>
    public Html Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Raw($"<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(caption)}\"><table>");
        Raw($"<thead><tr>{string.Concat(header.Select(cell => $"<th scope=\"col\">{cell}</th>"))}</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Raw($"<tr><th scope=\"row\">{row[0]}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{cell}</td>"))}</tr>");
        }
        return Raw("</tbody></table></div>");
    }

    public override string ToString() => _text.ToString();

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>Text with <c>`code`</c> and <c>**strong**</c>.</summary>
    public static string Inline(string text) => Strong().Replace(Ticked().Replace(Escape(text), "<code>$1</code>"), "<strong>$1</strong>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Ticked();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Strong();
}
