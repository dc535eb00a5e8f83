using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>An office hands out vouchers to many people at once, on a day on which many reminders are due. Two instances send.</summary>
public sealed class CampaignTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>A tenth of the people and of the quota.</summary>
    [Fact]
    public Task In_a_campaign_every_activation_mail_leaves_within_10_minutes_whatever_reminders_are_due() => RunAsync(500, 220, 60, 3_600);

    [Fact]
    [Trait("Run", "all")]
    public Task In_a_campaign_of_5000_people_every_activation_mail_leaves_within_10_minutes() => RunAsync(5_000, 2_200, 600, 36_000);

    [Fact]
    public async Task With_the_default_quota_of_Azure_an_alarm_in_the_first_minutes_says_what_to_ask_for()
    {
        using var log = new CapturedLog();
        await using var campaign = await Campaign.StartAsync(azurite, perMinute: 30, perHour: 100, log);
        await campaign.PrepareAsync(reminders: 0);

        await campaign.RegisterAsync(registrations: 240, TimeSpan.FromMinutes(2));

        // 120 a minute register: 30 mails have left in the first minute, 30 in the second and 30 at the beginning of the third. The hour's quota is not reached yet.
        var alarms = log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Ask Azure support", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, alarms.Count);
        Assert.Contains("60 mails wait", alarms[0], StringComparison.Ordinal);
        Assert.Contains("at least 36 mails a minute and 2160 an hour", alarms[0], StringComparison.Ordinal);
        Assert.Contains("150 mails wait", alarms[1], StringComparison.Ordinal);
        Assert.Contains("at least 45 mails a minute and 2700 an hour", alarms[1], StringComparison.Ordinal);
    }

    private async Task RunAsync(int registrations, int reminders, int perMinute, int perHour)
    {
        await using var campaign = await Campaign.StartAsync(azurite, perMinute, perHour);
        await campaign.PrepareAsync(reminders);

        await campaign.RegisterAsync(registrations, TenMinutes);
        await campaign.WaitAsync(TenMinutes);

        Assert.Equal((registrations, reminders), (campaign.Waits.Count, campaign.Reminded));
        Assert.True(campaign.Waits.Max() <= TenMinutes, $"{campaign.Waits.Max()}");
        Assert.True(campaign.MostInAMinute <= perMinute, $"{campaign.MostInAMinute} mails in a minute");
    }

    /// <summary>The clock goes on second by second; the timers run when they do in Azure.</summary>
    private sealed class Campaign : IAsyncDisposable
    {
        private const int LargestBatch = 1_000;
        private readonly TestApp _past;
        private readonly TestApp[] _instances;
        private readonly Lock _lock = new();
        private readonly Dictionary<string, DateTimeOffset> _registered = [];
        private readonly Dictionary<DateTimeOffset, int> _sentInMinute = [];
        private int _elapsed;

        private Campaign(TestApp past, TestApp[] instances)
        {
            (_past, _instances) = (past, instances);
            _past.Mailbox.Answer = mail =>
            {
                Note(mail);
                return Task.FromResult<MailOutcome>(new MailOutcome.Accepted());
            };
        }

        public List<TimeSpan> Waits { get; } = [];

        public int Reminded { get; private set; }

        public int MostInAMinute => _sentInMinute.Values.Max();

        public static async Task<Campaign> StartAsync(AzuriteFixture azurite, int perMinute, int perHour, CapturedLog? log = null)
        {
            var past = await TestApp.StartAsync(azurite);
            var instances = new List<TestApp>();
            for (var instance = 0; instance < 2; instance++)
            {
                instances.Add(await TestApp.StartAsync(azurite, options =>
                {
                    options.Beside = past;
                    options.Settings["Mail:PerMinute"] = perMinute.ToString(CultureInfo.InvariantCulture);
                    options.Settings["Mail:PerHour"] = perHour.ToString(CultureInfo.InvariantCulture);
                    options.Services = services => _ = log is null ? services : services.AddLogging(logging => logging.AddProvider(log));
                }));
            }
            return new Campaign(past, [.. instances]);
        }

        /// <summary>Accounts whose reminder has just become due, all in the same minute.</summary>
        public async Task PrepareAsync(int reminders)
        {
            // Not the code as the address: by chance it has a part of the password, which is refused then.
            foreach (var (number, code) in (await CodesAsync(reminders)).Index())
            {
                using var person = new Journey(_past, code, $"{number}@reminded.example");
                (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
                (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
            }
            // 14 days before the end of those 90 days.
            _past.MoveTo("2027-02-06T17:00:00Z");
            _sentInMinute.Clear();
            await _instances[0].RunTimerAsync<SendExpiryReminders>();
        }

        public async Task RegisterAsync(int registrations, TimeSpan within)
        {
            var codes = await CodesAsync(registrations);
            var seconds = (int)within.TotalSeconds;
            for (var second = 0; second < seconds; second++)
            {
                foreach (var code in codes.Take(registrations * (second + 1) / seconds).Skip(registrations * second / seconds))
                {
                    var instance = _instances[_registered.Count % _instances.Length];
                    using var person = new Journey(instance, code, $"{code}@registered.example");
                    lock (_lock)
                    {
                        _registered[person.Email] = _past.Now;
                    }
                    (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
                }
                await TickAsync();
            }
        }

        public async Task WaitAsync(TimeSpan time)
        {
            for (var second = 0; second < time.TotalSeconds; second++)
            {
                await TickAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var instance in _instances)
            {
                await instance.DisposeAsync();
            }
            await _past.DisposeAsync();
        }

        private async Task TickAsync()
        {
            await Task.WhenAll(_instances.Select(instance => instance.SettleAsync()));
            _past.Clock.Advance(TimeSpan.FromSeconds(1));
            if (++_elapsed % 60 == 0)
            {
                await _instances[0].RunTimerAsync<SendPendingMail>();
            }
        }

        private void Note(OutgoingMail mail)
        {
            lock (_lock)
            {
                var minute = _past.Now.AddTicks(-(_past.Now.Ticks % TimeSpan.TicksPerMinute));
                _sentInMinute[minute] = _sentInMinute.GetValueOrDefault(minute) + 1;
                if (_registered.TryGetValue(mail.To, out var registered))
                {
                    Waits.Add(_past.Now - registered);
                }
                Reminded += mail.Content.Subject.Contains("14 jours", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        private async Task<IReadOnlyList<string>> CodesAsync(int count)
        {
            var codes = new List<string>();
            while (codes.Count < count)
            {
                codes.AddRange((await Journey.IssueAsync(_past, Math.Min(LargestBatch, count - codes.Count))).Select(voucher => voucher.Code));
            }
            return codes;
        }
    }
}
