using Azure;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Training;

/// <summary>A file of the training, whole or in part, as the storage gives it: with constant memory.</summary>
public sealed class TrainingFile(BlobReading content, string contentType, TrainingPolicy policy) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (content)
        {
            var response = httpContext.Response;
            policy.ApplyTo(response, contentType);
            response.StatusCode = content.Part is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
            response.ContentType = contentType;
            response.ContentLength = content.Length;
            response.Headers.ETag = new ETag(content.Version).ToString("H");
            response.Headers.AcceptRanges = "bytes";
            if (content.Part is { } part)
            {
                response.Headers.ContentRange = part;
            }
            await content.Content.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>The browser has it already: 304.</summary>
public sealed class TrainingUnchanged(string contentType, TrainingPolicy policy, ETag version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        policy.ApplyTo(httpContext.Response, contentType);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        httpContext.Response.Headers.ETag = version.ToString("H");
        return Task.CompletedTask;
    }
}
