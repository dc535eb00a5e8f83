using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>One budget a minute and an hour for all instances, with a reserve for the mails that somebody waits for.</summary>
public sealed class MailBudgetTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Night = new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(600, 36_000, MailLane.Awaited, 0, 600)]
    [InlineData(600, 36_000, MailLane.Later, 0, 450)]
    [InlineData(30, 100, MailLane.Awaited, 0, 30)]
    [InlineData(30, 100, MailLane.Later, 0, 22)]
    [InlineData(5, 10, MailLane.Later, 0, 3)]
    [InlineData(1, 1, MailLane.Awaited, 0, 1)]
    [InlineData(0, 100, MailLane.Awaited, 95, 5)]
    [InlineData(30, 100, MailLane.Later, 75, 0)]
    [InlineData(30, 0, MailLane.Awaited, 1000, 30)]
    public void A_minute_takes_what_the_quota_leaves_for_the_lane(int perMinute, int perHour, MailLane lane, int usedInHour, int expected)
    {
        var used = MailBudget.Unused with { Hour = Night.UtcTicks / TimeSpan.TicksPerHour, InHour = usedInHour };

        var (taken, next) = used.Take(new MailQuota(perMinute, perHour), lane, 10_000, Night);

        Assert.Equal((expected, usedInHour + expected), (taken, next.InHour));
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(60, 0)]
    [InlineData(61, 9)]
    [InlineData(3_600, 9)]
    public void After_a_429_nobody_sends_until_the_time_it_named_and_then_less_than_before(int waitSeconds, int expectedInTheHour)
    {
        var quota = new MailQuota(100, 1_000);
        var (_, used) = MailBudget.Unused.Take(quota, MailLane.Awaited, 10, Night);
        var wait = TimeSpan.FromSeconds(waitSeconds);

        var refused = used.Refused(wait, Night);

        Assert.Equal(0, refused.Take(quota, MailLane.Awaited, 1, Night + wait - TimeSpan.FromSeconds(1)).Taken);
        var nextHour = Night.AddHours(2);
        Assert.Equal(9, refused.Take(quota, MailLane.Awaited, 1_000, nextHour).Taken);
        var afterADay = refused.Take(quota, MailLane.Awaited, 1_000, Night.AddDays(1).AddHours(1)).Taken;
        Assert.Equal(100, afterADay);
        Assert.Equal(expectedInTheHour, refused.LearntPerHour ?? 0);
    }

    [Fact]
    public async Task Three_instances_together_send_no_more_than_the_quota()
    {
        await using var app = await TestApp.StartAsync(azurite);
        SharedMailBudget[] instances = [.. Enumerable.Range(0, 3).Select(_ => Instance(app, new MailQuota(30, 100)))];
        var sent = new List<int>();

        for (var minute = 0; minute < 5; minute++)
        {
            sent.Add(0);
            for (var mail = 0; mail < 300; mail++)
            {
                sent[^1] += await instances[mail % 3].TryTakeAsync(MailLane.Awaited, Night.AddMinutes(minute), CancellationToken.None) ? 1 : 0;
            }
        }

        Assert.Equal([30, 30, 30, 10, 0], sent);
    }

    /// <summary>5,000 people register in 10 minutes of a night in which 2,200 reminders are due; three instances send.</summary>
    [Fact]
    public async Task In_a_campaign_every_activation_mail_leaves_within_10_minutes_whatever_reminders_are_due()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var campaign = new Campaign([.. Enumerable.Range(0, 3).Select(_ => Instance(app, new MailQuota(600, 36_000)))], registrations: 5_000, reminders: 2_200);

        await campaign.RunAsync(Night, TimeSpan.FromMinutes(30));

        Assert.Equal((5_000, 2_200), (campaign.Waits.Count, campaign.RemindersSent));
        Assert.True(campaign.Waits.Max() <= TimeSpan.FromMinutes(10), $"{campaign.Waits.Max()}");
        Assert.True(campaign.MostInAMinute <= 600, $"{campaign.MostInAMinute} mails in a minute");
    }

    [Fact]
    public async Task With_the_default_quota_of_Azure_an_error_in_the_first_minutes_says_what_to_ask_for()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var campaign = new Campaign([new SharedMailBudget(app.Services.GetRequiredService<MailBudgetStore>(), new MailQuota(30, 100), loggers.CreateLogger<SharedMailBudget>())], registrations: 5_000, reminders: 2_200);

        await campaign.RunAsync(Night, TimeSpan.FromMinutes(2));

        Assert.Contains(log.Lines, line => line.Contains("the quota of 30 mails a minute and 100 an hour is used up. Ask Azure support to raise the e-mail quota", StringComparison.Ordinal));
        // The alert mail-quota fires above 80 mails in an hour: in the third minute here.
        await campaign.RunAsync(Night.AddMinutes(2), TimeSpan.FromMinutes(2));
        Assert.True(campaign.Waits.Count + campaign.RemindersSent > 80, $"{campaign.Waits.Count} and {campaign.RemindersSent}");
    }

    private static SharedMailBudget Instance(TestApp app, MailQuota quota) =>
        new(app.Services.GetRequiredService<MailBudgetStore>(), quota, NullLogger<SharedMailBudget>.Instance);

    /// <summary>The mails of a campaign, second by second; what may not leave is tried again in the next second.</summary>
    private sealed class Campaign(SharedMailBudget[] instances, int registrations, int reminders)
    {
        private const int RegistrationSeconds = 600;
        private const int TriesASecond = 40;
        private readonly Queue<DateTimeOffset> _waiting = new();
        private int _registered;
        private int _next;

        public List<TimeSpan> Waits { get; } = [];

        public int RemindersSent { get; private set; }

        public int MostInAMinute { get; private set; }

        public async Task RunAsync(DateTimeOffset start, TimeSpan length)
        {
            var inMinute = 0;
            for (var second = 0; second < length.TotalSeconds; second++)
            {
                var now = start.AddSeconds(second);
                inMinute = now.Second == 0 ? 0 : inMinute;
                var until = Math.Min(registrations, _registered + (registrations / RegistrationSeconds) + 1);
                for (; _registered < until; _registered++)
                {
                    _waiting.Enqueue(now);
                }
                // Reminders were due before: they are tried first.
                for (var tries = 0; tries < TriesASecond && RemindersSent < reminders && await MaySendAsync(MailLane.Later, now); tries++)
                {
                    RemindersSent++;
                    inMinute++;
                }
                for (var tries = 0; tries < TriesASecond && _waiting.Count > 0 && await MaySendAsync(MailLane.Awaited, now); tries++)
                {
                    Waits.Add(now - _waiting.Dequeue());
                    inMinute++;
                }
                MostInAMinute = Math.Max(MostInAMinute, inMinute);
            }
        }

        private Task<bool> MaySendAsync(MailLane lane, DateTimeOffset now) => instances[_next++ % instances.Length].TryTakeAsync(lane, now, CancellationToken.None);
    }
}
