using System.Net;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests.Host;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

public sealed class TimerTests(AzuriteFixture azurite, PublishedFixture published)
{
    internal static readonly string[] Names =
        ["CountVouchers", "DeleteExpiredData", "LockExpiredAccounts", "RemoveOrphanBlobs", "RemoveUnactivatedRegistrations", "RewrapAccountKeys", "SendExpiryReminders", "SendPendingMail"];

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Every_timer_runs_and_reports_what_it_did(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        foreach (var name in Names)
        {
            var report = await app.Host.RunTimerAsync(name);

            Assert.Equal((0, 0, "00:00:00"), (report["due"]!.GetValue<int>(), report["done"]!.GetValue<int>(), report["oldestOverdue"]!.GetValue<string>()));
        }
    }

    /// <summary>The host hangs on a custom handler's timer without a body in the answer, and shows the logs.</summary>
    [Fact]
    public async Task The_native_head_answers_a_timer_with_JSON_that_the_host_understands()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Native));

        var answer = await app.Client.PostAsync("/SendPendingMail", CustomHandlerHost.Body(), bearer: null);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("SendPendingMail: due 0, done 0, oldest overdue 00:00:00", Assert.Single(answer.Json["logs"]!.AsArray())!.GetValue<string>());
        Assert.Empty(answer.Json["outputs"]!.AsObject());
    }

    [Fact]
    public async Task The_native_head_runs_a_timer_without_a_schedule_status_too()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Native));

        var answer = await app.Client.PostAsync("/SendPendingMail", HttpClientExtensions.Raw("""{"Data":{"timer":{"ScheduleStatus":null,"IsPastDue":true}},"Metadata":{}}"""), bearer: null);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task No_timer_can_be_reached_from_outside(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        // The host passes on to a custom handler only paths below /api/.
        IEnumerable<string> prefixes = head == Head.Native ? ["/api/"] : ["/api/", "/"];

        var answers = await Task.WhenAll(from prefix in prefixes from name in Names select app.Client.PostAsync($"{prefix}{name}", CustomHandlerHost.Body(), bearer: null));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
    }

    [Fact]
    public async Task The_worker_reports_a_timer_that_fails_as_failed()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        await app.DeleteTableAsync("due");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Host.RunTimerAsync("SendPendingMail"));

        Assert.StartsWith("SendPendingMail: ", failure.Message, StringComparison.Ordinal);
    }
}
