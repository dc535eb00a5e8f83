using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>What is stored of a person, by the app's own stores.</summary>
internal static class Stored
{
    public static async Task<DocumentTotals> TotalsAsync(TestApp app, Journey person) => (await ReadAsync(app, person)).Voucher.Account!.Documents;

    /// <summary>As if there were so much already.</summary>
    public static async Task CountAsAsync(TestApp app, Journey person, DocumentTotals totals)
    {
        var read = await ReadAsync(app, person);
        await CommitAsync(app, read, read.Voucher with { Account = read.Voucher.Account! with { Documents = totals } });
    }

    /// <summary>The document's row as it was before names had one form: its id comes from the characters as they were sent.</summary>
    public static async Task RenameAsBeforeAsync(TestApp app, Journey person, string name, string sent)
    {
        Assert.True(DocumentName.TryParse(name, out var parsed));
        var (read, cipher, seals) = (await ReadAsync(app, person), app.Services.GetRequiredService<AccountCipher>(), app.Services.GetRequiredService<DocumentSeals>());
        var registration = read.Voucher.Registration!;
        var stored = await app.Services.GetRequiredService<VoucherTable>().FindDocumentAsync(read.Voucher.Id, seals.IdOf(registration, parsed), TestContext.Current.CancellationToken);
        Assert.NotNull(stored);
        var hash = HMACSHA256.HashData(cipher.Derive(registration.WrappedKey, registration.AccountId, "document-names"), Encoding.UTF8.GetBytes(sent));
        var before = stored with { Id = Base32.Encode(hash.AsSpan(0, 20)), Version = null };
        before = before with { SealedName = cipher.SealText(registration.WrappedKey, registration.AccountId, before.SealContext, sent) };
        Assert.NotNull(await app.Services.GetRequiredService<VoucherTransaction>().TryCommitAsync(
            read, new VoucherChange(read.Voucher) { KeepDocuments = [before], DropDocuments = [stored] }, TestContext.Current.CancellationToken));
    }

    /// <summary>The document's row as it was before checksums were kept.</summary>
    public static async Task ForgetChecksumAsync(TestApp app, Journey person, string name)
    {
        Assert.True(DocumentName.TryParse(name, out var parsed));
        var (read, seals) = (await ReadAsync(app, person), app.Services.GetRequiredService<DocumentSeals>());
        var registration = read.Voucher.Registration!;
        var stored = await app.Services.GetRequiredService<VoucherTable>().FindDocumentAsync(read.Voucher.Id, seals.IdOf(registration, parsed), TestContext.Current.CancellationToken);
        Assert.NotNull(stored?.Crc32);
        var before = seals.Seal(registration, parsed, stored.Id, stored.BlobId, stored.Size, stored.ModifiedAt) with { Version = stored.Version };
        Assert.NotNull(await app.Services.GetRequiredService<VoucherTransaction>().TryCommitAsync(
            read, new VoucherChange(read.Voucher) { KeepDocuments = [before] }, TestContext.Current.CancellationToken));
    }

    public static async Task CommitAsync(TestApp app, VoucherSnapshot read, Voucher next) => Assert.NotNull(
        await app.Services.GetRequiredService<VoucherTransaction>().TryCommitAsync(read, new VoucherChange(next), TestContext.Current.CancellationToken));

    public static async Task<VoucherSnapshot> ReadAsync(TestApp app, Journey person)
    {
        var read = await app.Services.GetRequiredService<VoucherTable>().FindAsync(IdOf(app, person), Reading.State, TestContext.Current.CancellationToken);
        Assert.NotNull(read);
        return read;
    }

    public static VoucherId IdOf(TestApp app, Journey person)
    {
        var keys = app.Services.GetRequiredService<HashingKeys>();
        Assert.True(VoucherCode.TryParse(person.Code, out var code));
        return VoucherId.Of(code, keys, keys.Current);
    }
}
