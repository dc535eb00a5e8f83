using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class RegistrationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_registration_is_answered_with_its_instants_and_a_handle()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);

        var answer = await person.RegisterAsync();

        answer.MustBe(HttpStatusCode.Accepted);
        Assert.Equal("2026-11-23T10:00:00Z", answer.Text("activateBefore"));
        Assert.Equal("2027-02-20T23:00:00Z", answer.Text("accessUntil"));
        Assert.Equal(["accessUntil", "activateBefore", "handle"], answer.Json.AsObject().Select(member => member.Key).Order());
    }

    [Fact]
    public async Task The_same_person_again_is_accepted_and_gets_no_second_mail_too_soon()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var again = await person.RegisterAsync();

        await app.SettleAsync();
        Assert.Equal("2026-11-23T10:00:00Z", again.MustBe(HttpStatusCode.Accepted).Text("activateBefore"));
        Assert.Single(app.Mailbox.To(person.Email));
    }

    [Fact]
    public async Task Somebody_else_is_told_until_when_the_voucher_is_held()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var answer = await person.RegisterAsAsync("other@example.ch");

        Assert.Equal("2026-11-23T10:00:00Z", answer.MustBe(HttpStatusCode.Conflict, "voucher-pending").Text("pendingUntil"));
        (await person.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-pending");
    }

    [Theory]
    [InlineData("anne@xn--bcher-kva.example")]
    [InlineData("Anne@xN--Bcher-KVA.example")]
    public async Task An_address_of_a_domain_with_other_letters_is_taken_in_the_form_that_mail_servers_know(string address)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app, address);

        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);

        await app.SettleAsync();
        Assert.Single(app.Mailbox.To(address));
    }

    [Fact]
    public async Task A_mail_is_asked_for_again_60_seconds_later_and_not_sooner()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        Assert.Equal(60, (await person.ResendAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
        app.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, (await person.ResendAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);

        await app.SettleAsync();
        Assert.Equal(2, app.Mailbox.To(person.Email).Count);
    }

    [Fact]
    public async Task No_more_than_three_mails_an_hour_go_to_one_address()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var fourth = await person.ResendAsync();

        Assert.Equal(57 * 60, fourth.MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
        app.Clock.Advance(TimeSpan.FromMinutes(57));
        (await person.ResendAsync()).MustBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_resent_mail_holds_the_same_link_with_the_same_end()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var first = await person.TokenAsync();
        app.Clock.Advance(TimeSpan.FromHours(23));

        var resent = await person.ResendAsync();

        Assert.Equal("2026-11-23T10:00:00Z", resent.MustBe(HttpStatusCode.Accepted).Text("activateBefore"));
        Assert.Equal(first, await person.TokenAsync());
    }

    [Fact]
    public async Task A_corrected_address_gets_a_new_link_and_the_old_one_is_dead()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var old = await person.TokenAsync();

        var corrected = await person.CorrectEmailAsync("corrected@example.ch");

        Assert.Equal("2026-11-23T10:00:00Z", corrected.MustBe(HttpStatusCode.Accepted).Text("activateBefore"));
        (await person.ActivateAsync(old, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
        person.Email = "corrected@example.ch";
        Assert.Equal("corrected@example.ch", (await person.ActivateAsync()).MustBe(HttpStatusCode.OK).Text("email"));
    }

    [Fact]
    public async Task The_first_correction_may_follow_at_once_and_the_next_ones_as_far_apart_as_any_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        (await person.CorrectEmailAsync("victim1@example.ch")).MustBe(HttpStatusCode.Accepted);

        Assert.Equal(60, (await person.CorrectEmailAsync("victim2@example.ch")).MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await person.CorrectEmailAsync("victim2@example.ch")).MustBe(HttpStatusCode.Accepted);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(58 * 60, (await person.CorrectEmailAsync("victim3@example.ch")).MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
    }

    [Fact]
    public async Task A_voucher_is_no_mail_cannon_however_often_it_is_given_back_and_entered_again()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app, "victim0@example.ch");

        for (var again = 1; again < 10; again++)
        {
            (await person.CancelAsync()).MustBe(HttpStatusCode.NoContent);
            person.Email = $"victim{again % 3}@example.ch";
            (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        }

        await person.CancelAsync();
        Assert.Equal(3600, (await person.RegisterAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-soon").RetryAfter);
    }

    [Fact]
    public async Task A_cancelled_registration_frees_the_voucher_at_once_and_kills_its_link_and_handle()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var token = await person.TokenAsync();

        (await person.CancelAsync()).MustBe(HttpStatusCode.NoContent);

        (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await person.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.Gone, "activation-expired");
        (await person.CancelAsync()).MustBe(HttpStatusCode.Gone, "registration-ended");
        (await person.ResendAsync()).MustBe(HttpStatusCode.Gone, "registration-ended");
        (await person.CorrectEmailAsync("late@example.ch")).MustBe(HttpStatusCode.Gone, "registration-ended");
    }

    [Fact]
    public async Task An_activated_registration_can_no_longer_be_cancelled_or_corrected()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        (await person.CancelAsync()).MustBe(HttpStatusCode.Gone, "registration-ended");
        (await person.CorrectEmailAsync("thief@example.ch")).MustBe(HttpStatusCode.Gone, "registration-ended");

        (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_handle_is_no_link_and_a_link_no_handle()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var token = await person.TokenAsync();

        (await person.ActivateAsync(person.Handle, Journey.Password)).MustBe(HttpStatusCode.BadRequest, "invalid-request");
        (await person.CompleteResetAsync(token, Journey.Password)).MustBe(HttpStatusCode.BadRequest, "invalid-request");
        (await person.Client.PostAsync("/api/registrations/cancel", new { handle = token })).MustBe(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task A_code_is_refused_with_what_is_wrong_with_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var used = await Journey.ActivatedAsync(app);
        using var ending = await Journey.WithVoucherAsync(app, redeemableUntil: "2026-11-22T11:00:00Z");
        var revoked = (await Journey.IssueAsync(app, 1))[0];
        await app.Client.PostAsync($"/api/vouchers/{revoked.Id}/revoke", null, app.IssuerKey);
        app.Clock.Advance(TimeSpan.FromHours(1));

        (await used.CheckAsync()).MustBe(HttpStatusCode.Conflict, "voucher-used");
        (await used.RegisterAsAsync("other@example.ch")).MustBe(HttpStatusCode.Conflict, "voucher-used");
        Assert.Equal("2026-11-22T11:00:00Z", (await ending.CheckAsync()).MustBe(HttpStatusCode.Gone, "voucher-expired").Text("expiredAt"));
        (await ending.RegisterAsync()).MustBe(HttpStatusCode.Gone, "voucher-expired");
        (await app.Client.PostAsync("/api/vouchers/check", new { code = revoked.Code })).MustBe(HttpStatusCode.Gone, "voucher-revoked");
        (await app.Client.PostAsync("/api/vouchers/check", new { code = $"{used.Code[..^1]}{(used.Code[^1] == '0' ? '1' : '0')}" }))
            .MustBe(HttpStatusCode.BadRequest, "voucher-code-mistyped");
        (await app.Client.PostAsync("/api/vouchers/check", new { code = "0000-0000-0000-0000" })).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
    }

    [Fact]
    public async Task A_code_is_taken_as_people_type_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        var typed = $" {person.Code.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l').Replace('-', ' ')} ";

        var answer = await person.Client.PostAsync("/api/vouchers/check", new { code = typed });

        Assert.Equal("""{"status":"redeemable","redeemableUntil":"2027-11-22T10:00:00Z"}""", answer.MustBe(HttpStatusCode.OK).Body);
    }
}
