using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Telemetry;

/// <summary>What a collector is told of one registration, by the app in process; tests/Worker.Tests has the same of the binary.</summary>
[Collection(nameof(Alone))]
public sealed partial class TracesTests(AzuriteFixture azurite)
{
    private const string Register = "POST /api/registrations";
    private const string Timer = $"POST /{nameof(SendPendingMail)}";
    private const string Mail = "mail Activation";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registration_is_one_trace_from_the_request_over_the_storage_to_its_mail()
    {
        await using var collector = new TelemetryReceiver();
        await using var app = await StartAsync(collector);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();

        await collector.UntilAsync(Has(Register, "background"), Cancellation);

        var request = Assert.Single(collector.Spans, span => span.Name == Register);
        Assert.Equal("202", request.Attributes["http.response.status_code"]);
        var trace = collector.Spans.Where(span => span.Trace == request.Trace).ToDictionary(span => span.Id);
        Assert.Contains(trace.Values, span => span.Name == "POST batch" && span.Parent == request.Id);
        var mail = Assert.Single(trace.Values, span => span.Name == Mail);
        Assert.Equal("accepted", mail.Attributes["mail.outcome"]);
        Assert.Equal(request.Id, trace[mail.Parent].Parent);
        Assert.Contains(trace.Values, span => span.Name == "DELETE vouchers" && span.Parent == mail.Id);
    }

    [Fact]
    public async Task A_mail_that_a_timer_takes_is_in_the_trace_of_its_registration_and_linked_to_the_timer()
    {
        await using var collector = new TelemetryReceiver();
        await using var app = await StartAsync(collector);
        app.Mailbox.Failure = new MailOutcome.Unavailable("down");
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();

        await collector.UntilAsync(Has(Register, Timer), Cancellation);

        var request = Assert.Single(collector.Spans, span => span.Name == Register);
        var timer = Assert.Single(collector.Spans, span => span.Name == Timer);
        var mails = collector.Spans.Where(span => span.Name == Mail && span.Trace == request.Trace).ToDictionary(span => span.Attributes["mail.attempt"]);
        Assert.Equal("postponed", mails["1"].Attributes["mail.outcome"]);
        Assert.Equal("accepted", mails["2"].Attributes["mail.outcome"]);
        Assert.Equal(request.Id, mails["2"].Parent);
        Assert.Contains((timer.Trace, timer.Id), mails["2"].Links);
    }

    [Fact]
    public async Task A_caller_decides_neither_what_is_recorded_nor_what_is_said()
    {
        await using var collector = new TelemetryReceiver();
        await using var app = await StartAsync(collector);

        var answer = await app.Client.SendAsync(
            new HttpMethod("MARKED"),
            "/api/marked/path?marked=query",
            null,
            bearer: null,
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"),
            ("tracestate", "marked=state"),
            ("baggage", "marked=baggage"),
            ("User-Agent", "marked-agent"),
            ("X-Forwarded-For", "203.0.113.77"));

        await collector.UntilAsync(received => received.Spans.Any(span => span.Trace == "0af7651916cd43dd8448eb211c80319c"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("_OTHER", Assert.Single(collector.Spans, span => span.Trace == "0af7651916cd43dd8448eb211c80319c").Name);
        Assert.DoesNotContain("marked", collector.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113.77", collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_is_told_by_its_types_and_not_by_its_words()
    {
        await using var collector = new TelemetryReceiver();
        await using var app = await StartAsync(collector);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("VoucherFunctions.Test");

        Log.Failed(logger, new InvalidOperationException("marked outside", new IOException("marked inside")));

        await collector.UntilAsync(received => received.Lines.Contains("It failed."), Cancellation);
        Assert.Contains("System.InvalidOperationException < System.IO.IOException", collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("marked", collector.Everything, StringComparison.Ordinal);
    }

    private static Func<TelemetryReceiver, bool> Has(params string[] names) => received => names.All(name => received.Spans.Any(span => span.Name == name));

    private Task<TestApp> StartAsync(TelemetryReceiver collector) => TestApp.StartAsync(azurite, options =>
    {
        foreach (var (name, value) in collector.Settings)
        {
            options.Settings[name] = value;
        }
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "It failed.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
