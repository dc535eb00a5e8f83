using System.Globalization;

namespace VoucherFunctions.Issuers;

/// <summary>A batch as a file to keep: CSV or PDF.</summary>
public sealed class BatchFile(string batchId, string contentType, byte[] content) : IResult
{
    /// <summary>200, or 201 when the request created the batch.</summary>
    public int Status { get; private init; } = StatusCodes.Status200OK;

    public BatchFile Created() => new(batchId, contentType, content) { Status = StatusCodes.Status201Created };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        var extension = contentType == BatchFormats.Pdf ? "pdf" : "csv";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"vouchers-{batchId}.{extension}\"");
        if (Status == StatusCodes.Status201Created)
        {
            response.Headers.Location = $"/api/vouchers/batches/{batchId}";
        }
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}
