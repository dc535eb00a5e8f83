using Microsoft.Extensions.DependencyInjection;
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

    private static SharedMailBudget Instance(TestApp app, MailQuota quota) =>
        new(app.Services.GetRequiredService<MailBudgetStore>(), quota, NullLogger<SharedMailBudget>.Instance);

    /// <summary>The figures of the alarm: what waits would leave within 10 minutes.</summary>
    [Theory]
    [InlineData(30, 100, 60, 36, 2_160)]
    [InlineData(30, 100, 4_700, 500, 30_000)]
    [InlineData(0, 600, 1, 11, 660)]
    [InlineData(600, 36_000, 2_200, 820, 49_200)]
    public void The_alarm_asks_for_a_quota_with_which_everything_leaves_within_10_minutes(int perMinute, int perHour, int waiting, int expectedPerMinute, int expectedPerHour)
    {
        var needed = new MailQuota(perMinute, perHour).For(waiting);

        Assert.Equal((expectedPerMinute, expectedPerHour), (needed.PerMinute, needed.PerHour));
    }
}
