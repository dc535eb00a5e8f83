using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>
/// JSON bodies are small; an upload's endpoint says otherwise by its metadata. Checked here rather than by Kestrel's own limit, which closes the connection
/// while the rest of the body is still on its way, so that whoever sends it sees a broken connection instead of the answer.
/// </summary>
public sealed class BodyLimit(RequestDelegate next)
{
    private const long LargestJson = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var upload = context.GetEndpoint()?.Metadata.GetMetadata<UploadMetadata>();
        if (upload is not null && context.Request.ContentLength is null)
        {
            await Problem.WriteAsync(context, Problems.LengthRequired);
            return;
        }
        var limit = upload?.LargestBytes ?? LargestJson;
        if (context.Request.ContentLength > limit || (IsOfUnknownLength(context) && await IsLongerAsync(context.Request.BodyReader, limit, context.RequestAborted)))
        {
            await Problem.WriteAsync(context, upload?.TooLarge ?? Problems.BodyTooLarge);
            return;
        }
        await next(context);
    }

    private static bool IsOfUnknownLength(HttpContext context) =>
        context.Request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    /// <summary>Looks at the body without consuming it. Only tools send one in chunks; before the native head the Functions host refuses it.</summary>
    private static async Task<bool> IsLongerAsync(PipeReader body, long limit, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var isLonger = read.Buffer.Length > limit;
            var isEnd = read.IsCompleted || isLonger;
            body.AdvanceTo(read.Buffer.Start, isEnd ? read.Buffer.Start : read.Buffer.End);
            if (isEnd)
            {
                return isLonger;
            }
        }
    }
}
