using System.Globalization;

namespace VoucherFunctions.Issuers;

/// <summary>A batch as a file to keep, written as it is made. When it fails half-way the connection breaks: nobody takes a part for the whole.</summary>
public sealed record BatchFile(string BatchId, string ContentType, string Extension, Func<Stream, CancellationToken, Task> WriteAsync) : IResult
{
    /// <summary>200, or 201 when the request created the batch.</summary>
    public int Status { get; private init; } = StatusCodes.Status200OK;

    /// <summary>Null when it is not known beforehand.</summary>
    public long? Length { get; init; }

    /// <summary>The content security policy for a browser that opens the file; null for the app's own.</summary>
    public string? ContentSecurityPolicy { get; init; }

    public BatchFile Created() => this with { Status = StatusCodes.Status201Created };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Length;
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"vouchers-{BatchId}.{Extension}\"");
        if (ContentSecurityPolicy is not null)
        {
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        }
        if (Status == StatusCodes.Status201Created)
        {
            response.Headers.Location = $"/api/vouchers/batches/{BatchId}";
        }
        await WriteAsync(response.Body, httpContext.RequestAborted);
    }
}
