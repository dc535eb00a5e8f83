using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
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

    /// <summary>The document's row as it was before checksums were kept.</summary>
    public static async Task ForgetChecksumAsync(TestApp app, Journey person, string name)
    {
        Assert.True(DocumentName.TryParse(name, out var parsed));
        var (read, seals) = (await ReadAsync(app, person), app.Services.GetRequiredService<DocumentSeals>());
        var registration = read.Voucher.Registration!;
        var stored = await app.Services.GetRequiredService<VoucherTable>().FindDocumentAsync(read.Voucher.Id, seals.IdOf(registration, parsed), TestContext.Current.CancellationToken);
        Assert.NotNull(stored?.Crc32);
        var before = seals.Seal(registration, parsed, stored.BlobId, stored.Size, stored.ModifiedAt) with { Version = stored.Version };
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
