using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Acs;

/// <summary>What goes over the wire to Azure Communication Services.</summary>
public sealed class AcsRequestTests(AzuriteFixture azurite)
{
    private const string SendTarget = "/emails:send?api-version=2025-09-01";

    [Fact]
    public async Task A_mail_of_the_app_is_signed_and_complete()
    {
        await using var acs = await AcsServer.StartAsync();
        await using var app = await StartAsync(acs);

        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();

        Assert.Empty(acs.Faults);
        var request = Assert.Single(acs.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal(SendTarget, request.Target);
        Assert.Equal(acs.Endpoint.Authority, request.Headers["Host"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(app.Now.ToString("R"), request.Headers["x-ms-date"]);
        Assert.True(Guid.TryParseExact(request.Headers["Operation-Id"], "D", out _), request.Headers["Operation-Id"]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal(person.Email, body.RootElement.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("help@voucher.example.ch")]
    public async Task The_body_is_exactly_what_the_service_documents(string? replyTo)
    {
        await using var acs = await AcsServer.StartAsync();
        var mail = Mails.To("anna@example.ch");

        await Sender(acs, replyTo).SendAsync(mail, TestContext.Current.CancellationToken);

        var sender = new { senderAddress = "noreply@voucher.example.ch" };
        var content = new { subject = mail.Content.Subject, plainText = mail.Content.Text, html = mail.Content.Html };
        var recipients = new { to = new[] { new { address = "anna@example.ch" } } };
        object expected = replyTo is null
            ? new { sender.senderAddress, content, recipients, userEngagementTrackingDisabled = true }
            : new { sender.senderAddress, content, recipients, replyTo = new[] { new { address = replyTo } }, userEngagementTrackingDisabled = true };
        Assert.Equal(JsonSerializer.Serialize(expected), Encoding.UTF8.GetString(Assert.Single(acs.Requests).Body));
        Assert.Equal(mail.Id, Guid.Parse(acs.Requests[0].Headers["Operation-Id"]));
    }

    [Fact]
    public async Task The_service_refuses_a_request_that_was_signed_with_another_key()
    {
        await using var acs = await AcsServer.StartAsync();
        await using var another = await AcsServer.StartAsync();
        var mixed = $"endpoint={acs.Endpoint};{another.ConnectionString.Split(';')[1]}";
        var sender = new AcsMailSender(AcsMailClient.WithConnectionString(mixed, TimeProvider.System), Mails.Sender, replyTo: null);

        var outcome = await sender.SendAsync(Mails.To("anna@example.ch"), TestContext.Current.CancellationToken);

        Assert.Equal(new MailOutcome.Unavailable("401 Denied"), outcome);
        Assert.StartsWith("Authorization is HMAC-SHA256 ", Assert.Single(acs.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operation_id_and_the_bytes_are_the_same_at_every_attempt()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = request => Task.FromResult(request.Method == "GET" ? AcsAnswer.Error(404, "NotFound") : AcsAnswer.Error(503, "Busy"));
        await using var app = await StartAsync(acs);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();

        for (var minute = 0; minute < 3; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunTimerAsync<SendPendingMail>();
        }

        Assert.Empty(acs.Faults);
        var sent = acs.Requests.Where(request => request.Method == "POST").ToList();
        Assert.Equal(4, sent.Count);
        Assert.Single(sent.Select(request => (request.Headers["Operation-Id"], Convert.ToHexString(request.Body))).Distinct());
        Assert.Equal(4, sent.Select(request => request.Headers["x-ms-date"]).Distinct().Count());
    }

    [Fact]
    public async Task Before_a_mail_is_repeated_the_service_is_asked_what_became_of_it()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = request => Task.FromResult(request.Method == "GET" ? AcsAnswer.Operation("Running") : AcsAnswer.Error(500, "Internal"));
        await using var app = await StartAsync(acs);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var (_, done) = await app.RunTimerAsync<SendPendingMail>();

        Assert.Empty(acs.Faults);
        Assert.Equal(1, done);
        var id = acs.Requests[0].Headers["Operation-Id"];
        Assert.Equal(
            [("POST", SendTarget), ("GET", $"/emails/operations/{id}?api-version=2025-09-01")],
            acs.Requests.Select(request => (request.Method, request.Target)));
    }

    internal static Task<TestApp> StartAsync(AzuriteFixture azurite, AcsServer acs) => TestApp.StartAsync(azurite, options =>
    {
        options.Settings["Mail:Smtp"] = "";
        options.Settings["Mail:ConnectionString"] = acs.ConnectionString;
        options.Services = services => services.RemoveAll<IMailSender>();
    });

    private Task<TestApp> StartAsync(AcsServer acs) => StartAsync(azurite, acs);

    private static AcsMailSender Sender(AcsServer acs, string? replyTo) => new(
        AcsMailClient.WithConnectionString(acs.ConnectionString, TimeProvider.System), Mails.Sender, replyTo is null ? null : Mails.Address(replyTo));
}
