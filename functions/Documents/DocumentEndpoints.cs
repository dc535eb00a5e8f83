using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Http;

namespace VoucherFunctions.Documents;

/// <summary>A document of the person's own.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Type">The media type of the content, whatever the ending of the name says.</param>
/// <param name="Etag">For <c>If-Match</c>: another content has another.</param>
public sealed record DocumentView(string Name, long Size, string Type, DateTimeOffset ModifiedAt, string Etag);

/// <summary>The person's own documents, and how much room there is.</summary>
/// <param name="Damaged">How many more there are of which not even the name can be read; missing when there is none.</param>
public sealed record DocumentList(IReadOnlyList<DocumentView> Documents, long UsedBytes, long LimitBytes, int? Damaged);

/// <summary>With a session: the own documents, and nobody else's.</summary>
public static class DocumentEndpoints
{
    private const string Zip = "application/zip";
    private const string Page = "/documents";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/api").Require(Requires.Session);
        documents.MapGet("/documents", ListAsync)
            .Describe("ListDocuments", Audience.Participants, "The person's own documents, the newest first.");
        documents.MapPut("/documents/{name}", KeepAsync)
            .Describe(
                "PutDocument",
                Audience.Participants,
                "Keeps a document: a new one with `If-None-Match: *`, another content with `If-Match`.",
                Problems.InvalidRequest, Problems.ConditionMissing, Problems.DocumentExists, Problems.DocumentChanged, Problems.DocumentTypeNotAllowed, Problems.DocumentTooLarge, Problems.DocumentsFull,
                Problems.TooManyAttempts, Problems.LengthRequired, Problems.UploadTooSlow)
            .WithMetadata(new UploadMetadata(DocumentRules.LargestBytes, Problems.DocumentTooLarge))
            .GoesBy("If-None-Match", "If-Match")
            .Tells(StatusCodes.Status200OK, "ETag")
            .Tells(StatusCodes.Status201Created, "ETag")
            .Tells(StatusCodes.Status201Created, "Location.document");
        documents.MapGet("/documents/{name}", OpenAsync)
            .Describe("GetDocument", Audience.Participants, "A document's content, as it was kept.", Problems.DocumentUnknown, Problems.DocumentDamaged)
            .Produces(StatusCodes.Status200OK)
            .AlsoProduces("*/*")
            .Tells(StatusCodes.Status200OK, "ETag")
            .Tells(StatusCodes.Status200OK, "Content-Disposition.document")
            .RefusesWithPage(Page);
        documents.MapDelete("/documents/{name}", RemoveAsync)
            .Describe("DeleteDocument", Audience.Participants, "Removes the document that `If-Match` names.", Problems.ConditionMissing, Problems.DocumentUnknown, Problems.DocumentChanged)
            .GoesBy("If-Match");
        documents.MapGet("/documents.zip", OpenAllAsync)
            .Describe("GetAllDocuments", Audience.Participants, "All documents in one file; a text in it names those that are lost or damaged.")
            .Produces(StatusCodes.Status200OK)
            .AlsoProduces(Zip)
            .Tells(StatusCodes.Status200OK, "Content-Disposition.document")
            .RefusesWithPage(Page);
    }

    private static async Task<Ok<DocumentList>> ListAsync(HttpContext http, CurrentPerson person, PersonalDocuments documents)
    {
        var all = await documents.ListAsync(person.SignedIn, http.RequestAborted);
        return TypedResults.Ok(new DocumentList(
            [.. all.Documents.Select(document => View(document.Name, document.Stored))],
            all.Documents.Select(document => document.Stored).Concat(all.Damaged).Sum(stored => stored.Size),
            DocumentRules.MostBytes,
            all.Damaged.Count > 0 ? all.Damaged.Count : null));
    }

    private static async Task<Results<Created<DocumentView>, Ok<DocumentView>, Problem>> KeepAsync(
        string name, HttpContext http, CurrentPerson person, PersonalDocuments documents)
    {
        if (DocumentName.Check(name, out var documentName) is { } invalid)
        {
            return new Problem(invalid);
        }
        if (ConditionOf(http.Request) is not { } condition)
        {
            return new Problem(Problems.ConditionMissing);
        }
        var incoming = new IncomingDocument(documentName!, http.Request.Body, http.Request.ContentLength ?? 0);
        var answer = await documents.KeepAsync(person.SignedIn, documentName!, incoming, condition, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var kept))
        {
            return new Problem(refusal);
        }
        http.Response.Headers.ETag = kept.Stored.EntityTag;
        var view = View(kept.Name, kept.Stored);
        return condition.IsNew ? TypedResults.Created($"/api/documents/{Uri.EscapeDataString(documentName!.Value)}", view) : TypedResults.Ok(view);
    }

    private static async Task<Results<FileDownload, Problem>> OpenAsync(string name, HttpContext http, CurrentPerson person, PersonalDocuments documents)
    {
        if (!DocumentName.TryParse(name, out var documentName))
        {
            return new Problem(Problems.DocumentUnknown);
        }
        var answer = await documents.OpenAsync(person.SignedIn, documentName, http.RequestAborted);
        if (answer.IsRefused(out var refusal, out var open))
        {
            return new Problem(refusal);
        }
        http.Response.RegisterForDispose(open);
        var content = open.Content;
        return new FileDownload(open.Name.Type.MediaType, open.Name.FileName, content.WriteAsync) { Length = content.Stored.Size, EntityTag = content.Stored.EntityTag };
    }

    private static async Task<Results<NoContent, Problem>> RemoveAsync(string name, HttpContext http, CurrentPerson person, PersonalDocuments documents)
    {
        if (!DocumentName.TryParse(name, out var documentName))
        {
            return new Problem(Problems.DocumentUnknown);
        }
        if (ConditionOf(http.Request) is not { IsNew: false } condition)
        {
            return new Problem(Problems.ConditionMissing);
        }
        var answer = await documents.RemoveAsync(person.SignedIn, documentName, condition, http.RequestAborted);
        return answer.IsRefused(out var refusal, out _) ? new Problem(refusal) : TypedResults.NoContent();
    }

    private static async Task<FileDownload> OpenAllAsync(HttpContext http, CurrentPerson person, PersonalDocuments documents, DocumentZip zip, ArchiveTurns turns)
    {
        var all = await documents.ListAsync(person.SignedIn, http.RequestAborted);
        return new FileDownload(Zip, "documents.zip", (target, _) => turns.RunAsync(
            http, person.SignedIn.Voucher.Registration!.AccountId, cancellation => zip.WriteAsync(person.SignedIn, all, target, cancellation)));
    }

    private static DocumentView View(DocumentName name, StoredDocument stored) =>
        new(name.Value, stored.Size, name.Type.MediaType, stored.ModifiedAt, stored.EntityTag);

    /// <summary>Null when no condition is given. <c>If-Match: *</c> is not accepted: it names no content.</summary>
    private static WriteCondition? ConditionOf(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch == "*")
        {
            return new WriteCondition(IsNew: true, []);
        }
        return EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) && tags.All(tag => tag.Tag != "*")
            ? new WriteCondition(IsNew: false, [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString())])
            : null;
    }
}
