using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>However many senders look at the outbox, a mail leaves once; and if that cannot be known, it leaves again under the same id.</summary>
public sealed class OnceTests(AzuriteFixture azurite)
{
    private static readonly MailOutcome Down = new MailOutcome.Unavailable("down");

    [Fact]
    public async Task Several_timers_at_once_on_two_instances_send_each_mail_once()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var people = await RegisterUnsentAsync(app, 6);
        var elsewhere = ActivatorUtilities.CreateInstance<SendPendingMail>(
            app.Services, ActivatorUtilities.CreateInstance<OutboxDelivery>(app.Services, ActivatorUtilities.CreateInstance<MailDelivery>(app.Services)));

        await Task.WhenAll(
            [.. Enumerable.Range(0, 4).Select(_ => app.RunTimerAsync<SendPendingMail>()),
             .. Enumerable.Range(0, 4).Select(_ => elsewhere.RunAsync(new TimerInfo(), TestContext.Current.CancellationToken))]);

        Assert.Equal(people.Order(), app.Mailbox.All.Select(mail => mail.To).Order());
    }

    [Fact]
    public async Task While_one_sender_has_a_mail_in_hand_a_timer_leaves_it_alone()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Mailbox.Answer = async _ =>
        {
            asked.SetResult();
            await release.Task;
            return new MailOutcome.Accepted();
        };
        using var person = await Journey.RegisteredBeforeMailAsync(app);
        await asked.Task;

        var answer = await app.Client.PostAsync("/SendPendingMail", new { Data = new { }, Metadata = new { } });

        Assert.Equal(1, answer.Json["returnValue"]!["due"]!.GetValue<int>());
        Assert.Equal(0, answer.Json["returnValue"]!["done"]!.GetValue<int>());
        release.SetResult();
        await app.SettleAsync();
        Assert.Equal(1, app.Mailbox.Attempts);
    }

    [Fact]
    public async Task A_mail_that_was_taken_but_stayed_in_the_outbox_is_repeated_under_the_same_id_after_its_lease()
    {
        var fault = new NoMailIsRemoved { IsOn = true };
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.AddPolicy(fault, HttpPipelinePosition.PerCall));
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        fault.IsOn = false;

        app.Clock.Advance(MailRules.Lease - TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<SendPendingMail>();
        var beforeLeaseEnded = app.Mailbox.Attempts;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunTimerAsync<SendPendingMail>();
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal(1, beforeLeaseEnded);
        Assert.Equal(2, app.Mailbox.Attempts);
        Assert.Single(app.Mailbox.All.Select(mail => (mail.Id, mail.To, mail.Content)).Distinct());
        Assert.Equal([false, true], app.Mailbox.All.Select(mail => mail.MayHaveBeenSent));
    }

    [Fact]
    public async Task What_one_sender_has_put_off_another_who_was_to_send_it_leaves_alone_until_then()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.Mailbox.Failure = new MailOutcome.Deferred("greylisted");
        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();
        var row = await app.Table("vouchers").QueryAsync<TableEntity>("RowKey ge 'mail-' and RowKey lt 'mail.'", cancellationToken: TestContext.Current.CancellationToken)
            .SingleAsync(TestContext.Current.CancellationToken);
        Assert.True(VoucherId.TryParse(row.PartitionKey, out var voucher));
        app.Mailbox.Failure = null;
        await app.Services.GetRequiredService<MailDelivery>().DeliverAsync(
            voucher, Guid.ParseExact(row.RowKey["mail-".Length..], "N"), item: null, TestContext.Current.CancellationToken);
        var beforeThen = app.Mailbox.Attempts;

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunTimerAsync<SendPendingMail>();

        Assert.Equal((1, 2, 1), (beforeThen, app.Mailbox.Attempts, app.Mailbox.All.Count));
    }

    [Fact]
    public async Task A_mail_that_was_taken_leaves_the_outbox_even_if_the_run_is_told_to_stop_at_that_moment()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await RegisterUnsentAsync(app, 1);
        using var stop = new CancellationTokenSource();
        app.Mailbox.Answer = async _ =>
        {
            await stop.CancelAsync();
            return new MailOutcome.Accepted();
        };

        await Record.ExceptionAsync(() => app.Services.GetRequiredService<SendPendingMail>().RunAsync(new TimerInfo(), stop.Token));

        Assert.Single(app.Mailbox.All);
        Assert.DoesNotContain(await app.DumpAsync("vouchers"), row => row.Contains("RowKey=mail-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_lease_means_that_the_mail_is_not_sent()
    {
        var fault = new LeaseIsLost();
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.AddPolicy(fault, HttpPipelinePosition.PerCall));

        using var person = await Journey.RegisteredAsync(app);
        await app.SettleAsync();

        Assert.Equal(0, app.Mailbox.Attempts);
    }

    private static async Task<IReadOnlyList<string>> RegisterUnsentAsync(TestApp app, int count)
    {
        app.Mailbox.Failure = Down;
        var people = new List<string>();
        for (var number = 0; number < count; number++)
        {
            using var person = await Journey.RegisteredAsync(app);
            people.Add(person.Email);
        }
        await app.SettleAsync();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return people;
    }

    private static bool IsOfAMail(HttpMessage message, RequestMethod method) =>
        message.Request.Method == method && message.Request.Uri.ToString().Contains("RowKey='mail-", StringComparison.Ordinal);

    private sealed class NoMailIsRemoved : HttpPipelineSynchronousPolicy
    {
        public bool IsOn { get; set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (IsOn && IsOfAMail(message, RequestMethod.Delete))
            {
                throw new RequestFailedException(503, "The storage is down.");
            }
        }
    }

    private sealed class LeaseIsLost : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (IsOfAMail(message, RequestMethod.Put))
            {
                throw new RequestFailedException(412, "Somebody else has it.");
            }
        }
    }
}
