using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Export;

/// <summary>"My data": one ZIP with everything that is stored about the person as JSON, and the documents.</summary>
public sealed class PersonalExport(
    VoucherTable vouchers,
    IssuerStore issuers,
    PlannedItems planned,
    PersonalDocuments documents,
    DocumentZip zips,
    AccountCipher cipher,
    TimeProvider clock)
{
    private const string File = "my-data.json";
    private const string Folder = "documents/";

    /// <summary>For people: accents as they are. It is never part of a page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<PersonalData> CollectAsync(SignedIn signedIn, CancellationToken cancellation)
    {
        var voucher = signedIn.Voucher;
        var office = await issuers.FindAsync(voucher.IssuerId, cancellation);
        var mails = await vouchers.FindMailsAsync(voucher.Id, cancellation);
        return new PersonalData(
            voucher,
            PersonSeals.Open(voucher.Registration!, cipher),
            office?.Name ?? voucher.IssuerId,
            PlaceSeals.Open(voucher, cipher),
            signedIn.Read.Sessions,
            mails,
            await planned.FindAsync(voucher, mails, cancellation),
            await documents.ListAsync(signedIn, cancellation));
    }

    /// <summary>The documents first: only then is it known which of them could not be opened.</summary>
    public Task WriteAsync(SignedIn signedIn, PersonalData data, Stream target, CancellationToken cancellation) => DocumentZip.WriteAsync(target, async zip =>
    {
        var zipped = await zips.AddAsync(zip, signedIn, data.Documents.Documents, new ZipNames(Folder), isVerifiedFirst: true, cancellation);
        var now = clock.GetUtcMilliseconds();
        await zip.AddAsync(File, now, ToBytes(data.ToJson(zipped, now)), cancellation);
    }, cancellation);

    private static ReadOnlyMemory<byte> ToBytes(JsonObject sheets)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            sheets.WriteTo(json);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
