using Microsoft.Net.Http.Headers;

namespace VoucherFunctions.Http;

/// <summary>A file to be saved, not shown (RFC 6266), written as it is made. When it fails half-way the connection breaks: nobody takes a part for the whole.</summary>
public sealed class FileDownload(string mediaType, string name, Func<Stream, CancellationToken, Task> write) : IResult
{
    /// <summary>Null when it is not known beforehand.</summary>
    public long? Length { get; init; }

    public string? EntityTag { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = mediaType;
        response.ContentLength = Length;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        if (EntityTag is not null)
        {
            response.Headers.ETag = EntityTag;
        }
        await write(response.Body, httpContext.RequestAborted);
    }
}
