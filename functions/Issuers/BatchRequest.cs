using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>How a client wants a batch: the format by <c>Accept</c>, <c>?include=qr</c> for JSON and <c>?bom=</c> for CSV.</summary>
/// <param name="WithByteOrderMark">Unless refused: who opens CSV in a spreadsheet needs it, a program says <c>bom=false</c>.</param>
public sealed record BatchRequest(BatchFormat Format, bool WithQr, bool WithByteOrderMark)
{
    /// <summary>Null when no format will do.</summary>
    public static BatchRequest? Parse(HttpContext http, RequestValidation fields, string? include, string? bom)
    {
        if (include is not (null or "" or "qr"))
        {
            fields.Refuse("include", "invalid");
        }
        if (bom is not (null or "" or "true" or "false"))
        {
            fields.Refuse("bom", "invalid");
        }
        return BatchFormats.Choose(http.Request) is { } format ? new BatchRequest(format, include == "qr", bom != "false") : null;
    }
}
