using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Lifecycle;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>Once the account's wrapped key is destroyed, whatever else comes back from a backup is noise.</summary>
public sealed class ShredTests(AzuriteFixture azurite)
{
    private static readonly byte[] Content = Files.Text("Kanarienvogel Kanarienvogel");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_an_erasure_everything_that_was_stored_but_the_key_opens_nothing_when_it_is_put_back(bool withKey)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentAsync(app);
        var backup = await Backup.TakeAsync(app);
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await backup.RestoreAsync(app, row => row["WrappedKey"] = withKey || !row.ContainsKey("WrappedKey") ? row.GetBinary("WrappedKey") : []);

        // The claim and the password are back too, so this is as near as anybody gets.
        (await person.LogInAsync()).MustBe(withKey ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, withKey ? null : "internal-error");
        var answers = new[] { await person.ProfileAsync(), await person.GetDocumentAsync("CV.txt"), await person.DocumentsAsync() };
        string[] secrets = ["Kanarienvogel", "Anne Muster", "CV.txt"];
        Assert.Equal(withKey ? 3 : 0, secrets.Count(secret => answers.Any(answer => answer.Body.Contains(secret, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_deletion_in_time_destroys_the_documents_with_its_first_write_while_the_address_waits_for_the_farewell()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentAsync(app);
        var before = await Stored.ReadAsync(app, person);
        var document = Assert.Single(await app.Services.GetRequiredService<VoucherTable>().FindDocumentsAsync(before.Voucher.Id, TestContext.Current.CancellationToken));
        var backup = await Backup.TakeAsync(app);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(AccountDue.DeletionStart(before.Voucher.Registration!.AccessUntil));
        await app.RunTimerAsync<DeleteExpiredData>();
        Assert.Empty(await BlobNames.OfAsync(app));

        await backup.RestoreAsync(app);

        var now = (await Stored.ReadAsync(app, person)).Voucher.Registration!;
        Assert.Equal(person.Email, PersonSeals.Open(now, app.Services.GetRequiredService<AccountCipher>()).Email.Value);
        var seals = app.Services.GetRequiredService<DocumentSeals>();
        var contents = app.Services.GetRequiredService<DocumentContents>();
        Assert.Equal("CV.txt", seals.OpenName(before.Voucher.Registration, document).Value);
        Assert.ThrowsAny<CryptographicException>(() => seals.OpenName(now, document));
        Assert.NotEqual(seals.ContentKey(before.Voucher.Registration, document.BlobId), seals.ContentKey(now, document.BlobId));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => contents.OpenVerifiedAsync(now, document, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_lapse_a_copy_from_before_opens_nothing_without_the_key_and_with_it_until_the_next_run(bool withKey)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var (token, traces) = (await person.TokenAsync(), Traces.Of(app, "Anne Muster", person.Email));
        var copy = await StorageCopy.TakeAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(24));
        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();
        Assert.Null((await Stored.ReadAsync(app, person)).Voucher.Registration);

        await copy.RestoreAsync(app, row => row["WrappedKey"] = withKey || !row.ContainsKey("WrappedKey") ? row.GetBinary("WrappedKey") : []);

        var back = (await Stored.ReadAsync(app, person)).Voucher.Registration!;
        Assert.Equal(withKey ? "Anne Muster" : null, PersonSeals.TryOpen(back, app.Services.GetRequiredService<AccountCipher>())?.Name.Value);
        (await person.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
        await app.RunTimerAsync<RemoveUnactivatedRegistrations>();
        Assert.Null((await Stored.ReadAsync(app, person)).Voucher.Registration);
        await traces.AssertGoneAsync();
        (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deletion_is_not_held_up_by_a_name_that_no_longer_opens()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentAsync(app);
        var read = await Stored.ReadAsync(app, person);
        var registration = read.Voucher.Registration!;
        await Stored.CommitAsync(app, read, read.Voucher with { Registration = registration with { SealedName = new byte[40] } });
        app.MoveTo(AccountDue.DeletionStart(registration.AccessUntil));

        await app.RunTimerAsync<DeleteExpiredData>();

        Assert.Empty(await app.DumpAsync("vouchers", "emails", "due"));
        Assert.Empty(await BlobNames.OfAsync(app));
    }

    [Fact]
    public async Task What_an_upload_left_that_died_half_way_goes_with_the_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await WithDocumentAsync(app);
        app.Calls.Before = number => _ = number < 6 ? number : throw new IOException("As if the process had died.");
        await person.PutDocumentAsync("large.pdf", Files.Pdf(5_000_000));
        app.Calls.Before = null;
        Assert.Equal(2, (await BlobNames.OfAsync(app)).Count);

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        Assert.Empty(await BlobNames.OfAsync(app));
    }

    private static async Task<Journey> WithDocumentAsync(TestApp app)
    {
        var person = await Journey.ActivatedAsync(app);
        (await person.PutDocumentAsync("CV.txt", Content)).MustBe(HttpStatusCode.Created);
        return person;
    }
}
