using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>Leaves in the storage what a process leaves that dies on the way, written with the app's own stores.</summary>
public static class DeadProcess
{
    /// <summary>An activation that had written its due rows and claimed the address, and died before its commit.</summary>
    public static async Task ActivatingAsync(TestApp app, Journey person)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var read = await ReadAsync(app, person);
        var registration = read.Voucher.Registration!;
        await app.Services.GetRequiredService<DueTable>().AddAsync(
            AccountDue.All(read.Voucher.Id, registration.AccountId, registration.AccessUntil, app.Now)
                .Add(AccountDue.ClaimCheck(read.Voucher.Id, registration, app.Now)),
            cancellation);
        foreach (var key in registration.EmailHash.Claims)
        {
            Assert.True(await app.Services.GetRequiredService<ClaimStore>().TryWriteAsync(key, read.Voucher.Id, null, cancellation));
        }
    }

    /// <summary>An erasure that had wiped the state, and died before it removed anything else.</summary>
    public static async Task ErasingAsync(TestApp app, Journey person)
    {
        var read = await ReadAsync(app, person);
        Assert.NotNull(await app.Services.GetRequiredService<VoucherTransaction>().TryCommitAsync(
            read, DeletionRules.EraseNow(read.Voucher, app.Now), TestContext.Current.CancellationToken));
    }

    private static async Task<VoucherSnapshot> ReadAsync(TestApp app, Journey person)
    {
        var keys = app.Services.GetRequiredService<HashingKeys>();
        Assert.True(VoucherCode.TryParse(person.Code, out var code));
        var read = await app.Services.GetRequiredService<VoucherTable>().FindAsync(
            VoucherId.Of(code, keys, keys.Current), Reading.State, TestContext.Current.CancellationToken);
        Assert.NotNull(read);
        return read;
    }
}
