using VoucherFunctions.Telemetry;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>What leaves the binary as telemetry while a person goes all the way, to a collector and to Application Insights.</summary>
public sealed class TelemetryTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const string Address = "203.0.113.77";
    private const string Register = "POST /api/registrations";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_collector_gets_a_trace_from_the_request_over_the_storage_to_the_mail_and_nothing_of_the_person(Head head)
    {
        await using var collector = new TelemetryReceiver();
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head), collector.Settings);

        var secrets = await WalkAsync(app);

        var request = Assert.Single(collector.Spans, span => span.Name == Register && span.Attributes["http.response.status_code"] == "202");
        var trace = collector.Spans.Where(span => span.Trace == request.Trace).ToDictionary(span => span.Id);
        Assert.Contains(trace.Values, span => span.Name == "POST batch" && span.Parent == request.Id);
        var mail = Assert.Single(trace.Values, span => span.Name == "mail Activation");
        Assert.Equal(request.Id, trace[mail.Parent].Parent);
        Assert.Contains(trace.Values, span => span.Name == "DELETE vouchers" && span.Parent == mail.Id);
        Assert.Superset(
            new[] { Metric.Changes, Metric.SweepOverdue, Metric.MailDelay, Metric.LogIns, Metric.Guesses }.Select(metric => metric.Name).Append("http.server.request.duration").ToHashSet(),
            collector.Metrics.ToHashSet());
        Assert.Contains(collector.Lines, line => line.Contains("was activated", StringComparison.Ordinal));
        AssertNothingOf(secrets, collector.Everything);
        // The lines to the host: the trigger metadata that came over gRPC hold cookies and keys.
        AssertNothingOf(secrets, app.Log);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_run_of_a_timer_is_in_the_trace_of_the_host(Head head)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await using var collector = new TelemetryReceiver();
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head), collector.Settings);

        await app.Host.RunTimerAsync("SendPendingMail", $"00-{Trace}-b7ad6b7169203331-01");
        await app.Process.StopAsync(Cancellation);

        var run = Assert.Single(collector.Spans, span => span.Name == (head == Head.Worker ? "timer SendPendingMail" : "POST /SendPendingMail"));
        Assert.Equal(Trace, run.Trace, ignoreCase: true);
        Assert.Contains(collector.Spans, span => span.Name == "GET due" && span.Parent == run.Id);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Application_Insights_gets_traces_metrics_and_logs_and_nothing_of_the_person(Head head)
    {
        await using var insights = new TelemetryReceiver();
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head), KeyValuePair.Create("Telemetry__ConnectionString", insights.InsightsConnectionString));

        var secrets = await WalkAsync(app);

        Assert.All(
            [Register, "mail Activation", "POST batch", "voucher.changes", "voucher.sweep.overdue", "http.server.request.duration", "was activated"],
            expected => Assert.Contains(expected, insights.Everything, StringComparison.Ordinal));
        AssertNothingOf(secrets, insights.Everything);
    }

    /// <summary>The whole journey, what the office asks and what goes wrong; then the process is asked to stop, which sends the rest.</summary>
    private static async Task<IReadOnlyList<string>> WalkAsync(PublishedApp app)
    {
        var secrets = await WholeJourney.WalkAsync(app);
        var issued = (await app.IssueAsync(1, "marked-idempotency-key")).Json["vouchers"]![0]!;
        var id = issued["id"]!.GetValue<string>();
        await app.Client.SendAsync(HttpMethod.Get, $"/api/vouchers/{id}?marked=query", null, app.IssuerKey, ("X-Forwarded-For", Address), ("User-Agent", "marked-agent"));
        await app.Client.GetAsync("/api/nothing/marked-path", "marked-key");
        await app.Client.GetAsync($"/api/vouchers/{id}", "vf_00000000_00000000_marked");
        await app.Client.PostAsync("/api/vouchers/check", HttpClientExtensions.Raw("""{"marked":"""));
        await app.Host.RunTimerAsync("SendPendingMail");
        await app.Process.StopAsync(Cancellation);
        return [.. secrets, "marked", id, issued["code"]!.GetValue<string>(), app.IssuerKey, app.IssuerKey.Split('_', 4)[3], HostSettings.AdminKey, Address, "@example.ch", "AccountKey"];
    }

    private static void AssertNothingOf(IEnumerable<string> secrets, string sent)
    {
        Assert.NotEmpty(sent);
        Assert.All(secrets, secret => Assert.False(sent.Contains(secret, StringComparison.OrdinalIgnoreCase), $"Sent: {Around(sent, secret)}"));
    }

    private static string Around(string sent, string secret)
    {
        var at = sent.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : sent[Math.Max(0, at - 100)..Math.Min(sent.Length, at + 100)];
    }
}
