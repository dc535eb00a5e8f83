using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Local;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Smtp;

/// <summary>What becomes of a mail, by what a real SMTP server says.</summary>
public sealed class SmtpAnswerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_mail_that_the_server_cannot_take_now_is_sent_later_and_once()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var app = await StartAsync(smtp);
        using var person = await Journey.RegisteredAsync(app, "busy-anna@example.ch");
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var (_, done) = await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(1, done);
        Assert.Equal(["busy-anna@example.ch"], Assert.Single(await smtp.EndAsync()).To);
    }

    [Fact]
    public async Task A_recipient_that_the_server_will_never_take_is_given_up()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var app = await StartAsync(smtp);
        using var person = await Journey.RegisteredAsync(app, "refused-anna@example.ch");
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));

        var (due, _) = await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(0, due);
        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("mail-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_whose_answer_was_lost_is_repeated_under_the_same_message_id()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var app = await StartAsync(smtp);
        using var person = await Journey.RegisteredAsync(app, "dropped-anna@example.ch");
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.RunTimerAsync<SendPendingMail>();

        var received = await smtp.EndAsync();
        Assert.Equal(2, received.Count);
        Assert.Single(received.Select(mail => mail.Message.MessageId).Distinct());
    }

    [Fact]
    public async Task A_temporary_answer_about_the_recipient_puts_off_this_mail_only()
    {
        await using var smtp = await SmtpServer.StartAsync();

        Assert.Equal(new MailOutcome.Deferred("smtp-450"), await SendAsync(smtp.Uri, "busy-anna@example.ch"));
    }

    [Fact]
    public async Task A_final_answer_about_the_recipient_says_refused()
    {
        await using var smtp = await SmtpServer.StartAsync();

        Assert.Equal(new MailOutcome.Refused("smtp-550"), await SendAsync(smtp.Uri, "refused-anna@example.ch"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable() =>
        Assert.IsType<MailOutcome.Unavailable>(await SendAsync(new Uri($"smtp://127.0.0.1:{Azurite.FreePort()}"), "anna@example.ch"));

    [Fact]
    public async Task A_host_that_is_not_known_is_unavailable() =>
        Assert.IsType<MailOutcome.Unavailable>(await SendAsync(new Uri("smtp://mail.invalid:25"), "anna@example.ch"));

    [Fact]
    public async Task A_server_whose_certificate_nobody_trusts_gets_no_mail()
    {
        await using var smtp = await SmtpServer.StartAsync("--starttls");

        var outcome = await SendAsync(smtp.Uri, "anna@example.ch");

        Assert.IsType<MailOutcome.Unavailable>(outcome);
        Assert.Empty(await smtp.EndAsync());
    }

    [Fact]
    public async Task User_and_password_of_the_address_are_used()
    {
        await using var smtp = await SmtpServer.StartAsync("--password=pass:w/ord");

        var outcome = await SendAsync(new Uri($"smtp://voucher:pass%3Aw%2Ford@127.0.0.1:{smtp.Port}"), "anna@example.ch");

        Assert.Equal(new MailOutcome.Accepted(), outcome);
        Assert.Equal("voucher", Assert.Single(await smtp.EndAsync()).User);
    }

    [Fact]
    public async Task A_wrong_password_is_unavailable()
    {
        await using var smtp = await SmtpServer.StartAsync("--password=secret");

        Assert.IsType<MailOutcome.Unavailable>(await SendAsync(new Uri($"smtp://voucher:wrong@127.0.0.1:{smtp.Port}"), "anna@example.ch"));
    }

    private Task<TestApp> StartAsync(SmtpServer smtp) => TestApp.StartAsync(azurite, options =>
    {
        options.Settings["Mail:Smtp"] = smtp.Uri.ToString();
        options.Services = services => services.RemoveAll<IMailSender>();
    });

    private static Task<MailOutcome> SendAsync(Uri server, string address) =>
        new SmtpMailSender(server, Mails.Sender, replyTo: null).SendAsync(Mails.To(address), TestContext.Current.CancellationToken);
}
