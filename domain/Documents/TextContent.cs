using System.Text;

namespace VoucherFunctions.Domain.Documents;

/// <summary>Finds the type of a text under another ending: programs save web pages as <c>.doc</c> and <c>.xls</c>, and tables as <c>.xls</c>.</summary>
internal static class TextContent
{
    private static readonly string[] OfMails = ["received:", "return-path:", "delivered-to:", "message-id:", "mime-version:"];
    private static readonly string[] OfPages = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<script", "<style", "<meta"];

    public static Result<DocumentType> Find(ReadOnlySpan<byte> start, DocumentType named)
    {
        var text = Decode(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').ToLowerInvariant();
        return ReasonAgainst(text) is { } reason ? UnkeptContent.Refuse(reason) : named.IsTable ? DocumentType.Csv : DocumentType.Txt;
    }

    private static string? ReasonAgainst(string text)
    {
        if (text.StartsWith('<'))
        {
            return text.Contains("<html", StringComparison.Ordinal) || OfPages.Any(tag => text.StartsWith(tag, StringComparison.Ordinal)) ? UnkeptContent.WebPage
                : text.Contains("<svg", StringComparison.Ordinal) ? UnkeptContent.Picture
                : UnkeptContent.Unknown;
        }
        if (text.StartsWith("[internetshortcut]", StringComparison.Ordinal))
        {
            return UnkeptContent.Shortcut;
        }
        var head = text.Split("\r\n\r\n")[0].Split("\n\n")[0];
        if (!OfMails.Any(field => head.StartsWith(field, StringComparison.Ordinal) || head.Contains($"\n{field}", StringComparison.Ordinal)))
        {
            return null;
        }
        return head.Contains("multipart/related", StringComparison.Ordinal) ? UnkeptContent.WebPage : UnkeptContent.Mail;
    }

    private static string Decode(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode.GetString(start)
        : start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(start)
        : Encoding.UTF8.GetString(start);
}
