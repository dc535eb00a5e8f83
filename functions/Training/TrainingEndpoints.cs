using Azure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Http;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Training;

/// <summary>The training, for whoever has a live account: files of the container <c>training</c>.</summary>
public static class TrainingEndpoints
{
    /// <summary>Before the native head the Functions host keeps a whole answer in memory, and players ask for "the rest": they get this much of it and ask again.</summary>
    private const long LongestPart = 4 * 1024 * 1024;


    public static void MapTraining(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/training/{*path}", ReadAsync)
        .Describe(
            "GetTraining",
            Audience.Participants,
            "A file of the training; a folder is its `index.html`. The start leads to the folder of the person's language, if there is one. A part by `Range`, "
            + "at most 4 MiB of it; 304 for `If-None-Match`.",
            Problems.NotFound)
        .Produces(StatusCodes.Status200OK)
        .Produces(StatusCodes.Status206PartialContent)
        .Produces(StatusCodes.Status302Found)
        .Produces(StatusCodes.Status304NotModified)
        .AlsoProduces("*/*")
        .GoesBy("Range", "If-Range", "If-None-Match")
        .Tells(StatusCodes.Status200OK, "ETag")
        .Tells(StatusCodes.Status200OK, "Accept-Ranges")
        .Tells(StatusCodes.Status206PartialContent, "ETag")
        .Tells(StatusCodes.Status206PartialContent, "Accept-Ranges")
        .Tells(StatusCodes.Status206PartialContent, "Content-Range")
        .Tells(StatusCodes.Status302Found, "Location.elsewhere")
        .Tells(StatusCodes.Status304NotModified, "ETag")
        .RefusesWithPage("/training", leadsBack: true)
        .Require(Requires.Session);

    private static async Task<IResult> ReadAsync(
        string? path, HttpContext http, CurrentPerson person, StorageBlobs blobs, TrainingProgress progress, BestEffort bestEffort, TrainingPolicy policy)
    {
        var cancellation = http.RequestAborted;
        if (!TrainingPath.TryParse(path ?? "", out var place))
        {
            return new Problem(Problems.NotFound);
        }
        if (place.IsStart && await StartOfAsync(http.Request, person.SignedIn, blobs.Training, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }
        var contentType = MediaTypes.Of(place.BlobName);
        var wish = ReadRequestOf(http.Request);
        var answer = await blobs.Training.OpenAsync(place.BlobName, wish, cancellation);
        if (answer is BlobAnswer.Missing)
        {
            var folder = place.AsFolder();
            return !place.Value.EndsWith('/') && await blobs.Training.ExistsAsync(folder.BlobName, cancellation) ? To(folder) : new Problem(Problems.NotFound);
        }
        if (IsOpened(http.Request, contentType))
        {
            await NoteAsync(progress, bestEffort, person.SignedIn, place, answer, cancellation);
        }
        return answer is BlobAnswer.Content content
            ? new TrainingFile(content.Reading, contentType, policy)
            : new TrainingUnchanged(contentType, policy, wish.Known!.Value);
    }

    /// <summary>With its slash, so that links in it lead on; and in the person's language.</summary>
    private static async Task<IResult?> StartOfAsync(HttpRequest request, SignedIn person, BlobContainer training, CancellationToken cancellation)
    {
        if (!request.Path.Value!.EndsWith('/'))
        {
            return TypedResults.Redirect(TrainingPolicy.Root);
        }
        var folder = TrainingPath.FolderOf(person.Voucher.Registration!.Language);
        return await training.ExistsAsync(folder.BlobName, cancellation) ? To(folder) : null;
    }

    /// <summary>A page that cannot be noted is shown all the same; the next one is noted.</summary>
    private static async Task NoteAsync(
        TrainingProgress progress, BestEffort bestEffort, SignedIn person, TrainingPath place, BlobAnswer answer, CancellationToken cancellation)
    {
        try
        {
            await bestEffort.TryAsync(stop => progress.NoteAsync(person, place, stop), cancellation);
        }
        catch
        {
            (answer as BlobAnswer.Content)?.Reading.Dispose();
            throw;
        }
    }

    /// <summary>Only what a person opened: a page of its own, not what a page loads, nor what a script looks at.</summary>
    private static bool IsOpened(HttpRequest request, string contentType) =>
        contentType == MediaTypes.Html && BrowserRequest.OpensPage(request);

    private static RedirectHttpResult To(TrainingPath place) => TypedResults.Redirect(TrainingPolicy.Root + place.Escaped);

    private static BlobReadRequest ReadRequestOf(HttpRequest request)
    {
        var headers = request.GetTypedHeaders();
        var known = headers.IfNoneMatch is [{ IsWeak: false } one] && one != EntityTagHeaderValue.Any ? new ETag(one.Tag.ToString()) : (ETag?)null;
        return headers.Range is { } range && range.Unit == "bytes" && range.Ranges is { Count: 1 } && RangeOf(range.Ranges.Single()) is { } part
            && headers.IfRange is null or { EntityTag: { IsWeak: false } }
            ? new BlobReadRequest { Range = part, IfRange = headers.IfRange is { } version ? new ETag(version.EntityTag!.Tag.ToString()) : null }
            : new BlobReadRequest { Known = known };
    }

    /// <summary>Null for the last bytes of a file: the storage knows no such range, and the whole is an answer too.</summary>
    private static HttpRange? RangeOf(RangeItemHeaderValue range) => range.From is { } from
        ? new HttpRange(from, Math.Min(LongestPart, range.To is { } to ? to - from + 1 : LongestPart))
        : null;
}
