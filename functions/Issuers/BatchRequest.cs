using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>How a client wants a batch: the format by <c>Accept</c>, <c>?include=qr</c> for JSON, <c>?bom=</c> and <c>?separator=</c> for CSV.</summary>
public sealed record BatchRequest(BatchFormat Format, bool WithQr, CsvForm Csv)
{
    private const string Comma = "comma";
    private const string Semicolon = "semicolon";

    /// <summary>Null when no format will do.</summary>
    public static BatchRequest? Parse(HttpContext http, RequestValidation fields, string? include, string? bom, string? separator)
    {
        if (include is not (null or "" or "qr"))
        {
            fields.Refuse("include", "invalid");
        }
        if (bom is not (null or "" or "true" or "false"))
        {
            fields.Refuse("bom", "invalid");
        }
        if (separator is not (null or "" or Comma or Semicolon))
        {
            fields.Refuse("separator", "invalid");
        }
        var csv = new CsvForm(WithByteOrderMark: bom != "false", separator == Semicolon ? ';' : ',');
        return BatchFormats.Choose(http.Request) is { } format ? new BatchRequest(format, include == "qr", csv) : null;
    }
}
