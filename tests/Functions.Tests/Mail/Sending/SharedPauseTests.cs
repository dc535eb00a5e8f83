using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>The budget in the running app: what a person and the other instances notice.</summary>
public sealed class SharedPauseTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Above_the_quota_of_a_minute_the_answer_is_the_same_and_the_mail_leaves_in_the_next_minute()
    {
        await using var app = await TestApp.StartAsync(azurite, Quota);
        for (var person = 0; person < 7; person++)
        {
            using var registered = await Journey.RegisteredAsync(app);
        }
        var inFirstMinute = app.Mailbox.All.Count;

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal((5, 7), (inFirstMinute, app.Mailbox.All.Count));
    }

    [Fact]
    public async Task A_reminder_waits_for_an_activation_and_not_the_other_way_round()
    {
        await using var app = await TestApp.StartAsync(azurite, Quota);
        using var reminded = await Journey.ActivatedAsync(app);
        app.MoveTo("2027-02-17T17:00:00Z");
        using var first = await Journey.RegisteredAsync(app);
        using var second = await Journey.RegisteredAsync(app);
        using var third = await Journey.RegisteredAsync(app);

        await app.RunTimerAsync<SendExpiryReminders>();
        await app.SettleAsync();
        using var fourth = await Journey.RegisteredAsync(app);
        var before = app.Mailbox.To(reminded.Email).Count;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Single(app.Mailbox.To(fourth.Email));
        Assert.Equal((1, 2), (before, app.Mailbox.To(reminded.Email).Count));
    }

    [Fact]
    public async Task The_alarm_about_the_quota_comes_in_a_run_in_which_a_mail_fails_too()
    {
        using var log = new CapturedLog();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            Quota(options);
            options.Services = services => services.AddLogging(logging => logging.AddProvider(log));
        });
        for (var person = 0; person < 7; person++)
        {
            using var registered = await Journey.RegisteredAsync(app);
        }
        var voucher = VoucherId.FromBytes(new byte[VoucherId.Bytes]);
        await app.Table("due").AddEntityAsync(
            new TableEntity(DueItem.ShardOf(voucher), DueItem.RowPrefix(DueKind.Mail, app.Now, voucher) + "no-id") { ["At"] = app.Now, ["Voucher"] = voucher.Value, ["Tag"] = "no-id", ["CreatedAt"] = app.Now },
            TestContext.Current.CancellationToken);

        var run = await app.Client.PostAsync($"/{nameof(SendPendingMail)}", new { Data = new { }, Metadata = new { } });

        Assert.Equal(HttpStatusCode.InternalServerError, run.Status);
        Assert.Contains(log.Lines, line => line.Contains("Ask Azure support", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_429_stops_the_other_instances_and_any_other_answer_does_not(bool isOverQuota, int expected)
    {
        await using var app = await TestApp.StartAsync(azurite, Quota);
        app.Mailbox.Failure = new MailOutcome.Unavailable("busy", TimeSpan.FromMinutes(10)) { IsOverQuota = isOverQuota };
        using var person = await Journey.RegisteredAsync(app);

        var taken = await app.Services.GetRequiredService<MailBudgetStore>().TakeAsync(new MailQuota(5, 0), MailLane.Awaited, app.Now, CancellationToken.None);

        Assert.Equal(expected, taken);
    }

    private static void Quota(TestAppOptions options) => options.Settings["Mail:PerMinute"] = "5";
}
