using System.Net;
using Azure.Core;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>"Delete everything now" leaves nothing when it answers, not even a row that says when to look again.</summary>
public sealed class EraseTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_is_left()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await app.SettleAsync();
        var traces = Traces.Of(app, "Anne Muster", person.Email);
        await traces.AssertThereAsync();

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await AssertNothingLeftAsync(app, traces);
    }

    [Fact]
    public async Task Nothing_is_left_of_an_address_that_was_corrected_the_same_day()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app, "anne.mistyped@example.ch");
        (await person.CorrectEmailAsync("anne@example.ch")).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
        var traces = Traces.Of(app, "Anne Muster", "anne.mistyped@example.ch", "anne@example.ch");

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await AssertNothingLeftAsync(app, traces);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_mail_that_still_waited()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        await app.SettleAsync();

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        await AssertNothingLeftAsync(app, Traces.Of(app, "Anne Muster", person.Email));
    }

    [Fact]
    public async Task The_last_mail_says_so()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        await app.SettleAsync();

        Assert.Equal("Vos données sont effacées", app.Mailbox.To(person.Email)[^1].Title());
    }

    [Fact]
    public async Task The_last_mail_says_so_though_the_storage_does_not_answer_when_the_receipt_is_to_be_written()
    {
        var storage = new UnreachableStorage(request => request.Method == RequestMethod.Get && request.Uri.ToString().Contains("receipts", StringComparison.Ordinal));
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry));
        using var person = await Journey.ActivatedAsync(app);
        storage.IsAway = true;

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);
        await app.SettleAsync();

        Assert.True(storage.Tries > 1);
        Assert.Equal("Vos données sont effacées", app.Mailbox.To(person.Email)[^1].Title());
    }

    [Fact]
    public async Task An_erasure_that_the_storage_cuts_short_is_told_to_the_person_once_and_finished_by_the_timer()
    {
        var storage = new UnreachableStorage(request => request.Uri.Path.Contains("emails", StringComparison.Ordinal));
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry));
        using var person = await Journey.ActivatedAsync(app);
        await app.SettleAsync();
        storage.IsAway = true;

        (await person.EraseAsync()).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");

        storage.IsAway = false;
        await app.RunTimerAsync<DeleteExpiredData>();
        await app.SettleAsync();
        Assert.Single(app.Mailbox.To(person.Email), mail => mail.Title() == "Vos données sont effacées");
        await AssertNothingLeftAsync(app, Traces.Of(app, "Anne Muster", person.Email));
    }

    [Fact]
    public async Task All_sessions_are_over()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var here = await Journey.ActivatedAsync(app);
        using var there = new Journey(app, here.Code, here.Email);
        (await there.LogInAsync()).MustBe(HttpStatusCode.OK);

        (await here.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        (await here.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await there.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");
        (await there.LogInAsync()).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
    }

    [Fact]
    public async Task A_wrong_password_erases_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.EraseAsync("another horse battery staple")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");

        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_address_is_free_for_another_voucher_at_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app, "anne@example.ch");

        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        using var again = await Journey.ActivatedAsync(app, "anne@example.ch");
        (await again.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_process_that_died_on_the_way_left_the_timer_removes()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await app.SettleAsync();
        await DeadProcess.ErasingAsync(app, person);
        (await person.ProfileAsync()).MustBe(HttpStatusCode.Unauthorized, "session-required");

        await app.RunTimerAsync<DeleteExpiredData>();

        await AssertNothingLeftAsync(app, Traces.Of(app, "Anne Muster", person.Email));
        (await person.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
    }

    private static async Task AssertNothingLeftAsync(TestApp app, Traces traces)
    {
        var left = await app.DumpAsync("vouchers", "emails", "due");
        Assert.True(left.Count == 0, string.Join('\n', left));
        await traces.AssertGoneAsync();
    }
}
