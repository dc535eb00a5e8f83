using System.Net;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Local;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Acs;

/// <summary>What becomes of a mail, by what Azure Communication Services says.</summary>
public sealed class AcsAnswerTests(AzuriteFixture azurite)
{
    public static TheoryData<int, MailOutcome> FirstAttempts => new()
    {
        { 202, new MailOutcome.Accepted() },
        { 400, new MailOutcome.Refused("Said") },
        { 401, new MailOutcome.Unavailable("401 Said") },
        { 403, new MailOutcome.Unavailable("403 Said") },
        { 404, new MailOutcome.Unavailable("404 Said") },
        { 429, new MailOutcome.Unavailable("429 Said") { IsOverQuota = true } },
        { 500, new MailOutcome.Unavailable("500 Said") },
        { 503, new MailOutcome.Unavailable("503 Said") },
    };

    public static TheoryData<string, MailOutcome> KnownOperations => new()
    {
        { "NotStarted", new MailOutcome.Accepted() },
        { "Running", new MailOutcome.Accepted() },
        { "Succeeded", new MailOutcome.Accepted() },
        { "Failed", new MailOutcome.Refused("operation-failed") },
        { "Canceled", new MailOutcome.Refused("operation-failed") },
    };

    [Theory]
    [MemberData(nameof(FirstAttempts))]
    public async Task A_first_attempt_is_not_asked_about_and_counts_as_the_service_says(int status, MailOutcome expected)
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = _ => Task.FromResult(AcsAnswer.Error(status, "Said"));

        var outcome = await SendAsync(acs, isRepeated: false);

        Assert.Equal(expected, outcome);
        Assert.Equal(["POST"], acs.Requests.Select(request => request.Method));
    }

    [Theory]
    [MemberData(nameof(KnownOperations))]
    public async Task A_mail_that_the_service_knows_is_not_sent_again(string status, MailOutcome expected)
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = _ => Task.FromResult(AcsAnswer.Operation(status));

        var outcome = await SendAsync(acs, isRepeated: true);

        Assert.Equal(expected, outcome);
        Assert.Equal(["GET"], acs.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_mail_that_the_service_does_not_know_is_sent_again()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = request => Task.FromResult(request.Method == "GET" ? AcsAnswer.Error(404, "NotFound") : AcsAnswer.Running);

        var outcome = await SendAsync(acs, isRepeated: true);

        Assert.Equal(new MailOutcome.Accepted(), outcome);
        Assert.Equal(["GET", "POST"], acs.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_repeated_mail_that_is_refused_as_a_repetition_counts_as_sent()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = request => Task.FromResult(request.Method == "GET" ? AcsAnswer.Error(404, "NotFound") : AcsAnswer.Error(400, "Repeated"));

        var outcome = await SendAsync(acs, isRepeated: true);

        Assert.Equal(new MailOutcome.Accepted(), outcome);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_time_to_wait_is_taken_from_the_answer(string method)
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = request => Task.FromResult(request.Method == method
            ? AcsAnswer.Error(429, "TooManyRequests", ("Retry-After", "137"))
            : AcsAnswer.Error(404, "NotFound"));

        var outcome = await SendAsync(acs, isRepeated: true);

        Assert.Equal(new MailOutcome.Unavailable("429 TooManyRequests", TimeSpan.FromSeconds(137)) { IsOverQuota = true }, outcome);
        Assert.Equal(method, acs.Requests[^1].Method);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"status":7}""")]
    public async Task An_answer_that_makes_no_sense_is_no_answer(string body)
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = _ => Task.FromResult(new AcsAnswer(200, body));

        var outcome = await SendAsync(acs, isRepeated: true);

        Assert.IsType<MailOutcome.Unavailable>(outcome);
        Assert.Equal(["GET"], acs.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_service_that_hangs_up_is_unavailable()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = _ => Task.FromResult(new AcsAnswer(0));

        var outcome = await SendAsync(acs, isRepeated: false);

        Assert.IsType<MailOutcome.Unavailable>(outcome);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unavailable()
    {
        var nowhere = $"endpoint=http://127.0.0.1:{Azurite.FreePort()}/;accesskey=AAAA";
        var sender = new AcsMailSender(AcsMailClient.WithConnectionString(nowhere, TimeProvider.System), Mails.Sender, replyTo: null);

        var outcome = await sender.SendAsync(Mails.To("anna@example.ch"), TestContext.Current.CancellationToken);

        Assert.IsType<MailOutcome.Unavailable>(outcome);
    }

    [Fact]
    public async Task Requests_are_answered_while_the_service_hangs()
    {
        await using var acs = await AcsServer.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<AcsAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        acs.Answer = _ =>
        {
            asked.TrySetResult();
            return release.Task;
        };
        await using var app = await AcsRequestTests.StartAsync(azurite, acs);
        using var first = await Journey.RegisteredBeforeMailAsync(app);
        await asked.Task;
        using var second = await Journey.WithVoucherAsync(app);

        var answer = await second.RegisterAsync();

        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.ToString());
        Assert.False(app.SettleAsync().IsCompleted);
        release.SetResult(AcsAnswer.Running);
        await app.SettleAsync();
        Assert.Equal(2, acs.Requests.Count);
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_good_is_given_up()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.Answer = _ => Task.FromResult(AcsAnswer.Error(400, "InvalidRecipient"));
        await using var app = await AcsRequestTests.StartAsync(azurite, acs);
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));

        await app.RunTimerAsync<SendPendingMail>();

        Assert.Single(acs.Requests);
        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("mail-", StringComparison.Ordinal));
    }

    private static Task<MailOutcome> SendAsync(AcsServer acs, bool isRepeated) =>
        new AcsMailSender(AcsMailClient.WithConnectionString(acs.ConnectionString, TimeProvider.System), Mails.Sender, replyTo: null)
            .SendAsync(Mails.To("anna@example.ch") with { MayHaveBeenSent = isRepeated }, TestContext.Current.CancellationToken);
}
