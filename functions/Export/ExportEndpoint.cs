using VoucherFunctions.Documents;
using VoucherFunctions.Http;

namespace VoucherFunctions.Export;

public static class ExportEndpoint
{
    private const string Zip = "application/zip";

    public static void MapExport(this IEndpointRouteBuilder routes) => routes.MapGet("/api/profile/export", GetAsync)
        .Describe(
            "ExportProfile",
            Audience.Participants,
            "Everything that is stored about the person: `my-data.json`, each item with the instant by which it is erased, and all documents, in one file.")
        .Produces(StatusCodes.Status200OK)
        .AlsoProduces(Zip)
        .Tells(StatusCodes.Status200OK, "Content-Disposition.document")
        .RefusesWithPage("/account")
        .Require(Requires.Session);

    private static async Task<FileDownload> GetAsync(HttpContext http, CurrentPerson person, PersonalExport export, ArchiveTurns turns)
    {
        var signedIn = person.SignedIn;
        var data = await export.CollectAsync(signedIn, http.RequestAborted);
        return new FileDownload(Zip, "my-data.zip", (target, _) => turns.RunAsync(
            http, signedIn.Voucher.Registration!.AccountId, cancellation => export.WriteAsync(signedIn, data, target, cancellation)));
    }
}
