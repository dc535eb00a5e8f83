using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>
/// An app with one person at every turn of the life of an account, as the timers left it on 5 February 2028; within the ten days until
/// <see cref="Later"/> one registration lapses, one account is to be reminded, one ends, one is to be deleted, and a mail waits.
/// </summary>
internal static class People
{
    public const string Lapsing = "lapsing@example.ch";
    public const string Reminded = "reminded@example.ch";
    public const string Ending = "ending@example.ch";
    public const string Deleted = "deleted@example.ch";
    public const string Later = "2028-02-15T10:00:00Z";

    /// <summary>What each is told once the timers run at <see cref="Later"/>: of several reminders or notices that have become due only the last that is still true.</summary>
    public static readonly IReadOnlyList<string> MailsLater =
    [
        $"{Deleted}: Vos données sont effacées",
        $"{Ending}: Votre accès est terminé",
        $"{Reminded}: Votre accès se termine dans 9 jours",
    ];

    public static async Task<TestApp> StartAsync(AzuriteFixture azurite)
    {
        var app = await TestApp.StartAsync(azurite);
        using var deleted = await Journey.ActivatedAsync(app, Deleted);
        app.MoveTo("2027-02-21T10:00:00Z");
        await app.RunAllTimersAsync();
        app.MoveTo("2027-11-12T10:00:00Z");
        using var ending = await Journey.ActivatedAsync(app, Ending);
        app.MoveTo("2027-11-26T10:00:00Z");
        using var reminded = await Journey.ActivatedAsync(app, Reminded);
        app.MoveTo("2028-02-05T10:00:00Z");
        await app.RunAllTimersAsync();
        using var lapsing = await Journey.RegisteredAsync(app, Lapsing);
        await app.SettleAsync();
        return app;
    }

    /// <summary>Stands for the mail service while what is due is decided: the mails wait in the outbox.</summary>
    public static async Task LeaveMailsWaitingAsync(TestApp app)
    {
        app.Mailbox.Failure = new MailOutcome.Unavailable("503");
        app.MoveTo(Later);
        await app.RunAllTimersAsync();
        app.Mailbox.Failure = null;
        app.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    /// <summary>Who was told what since <paramref name="before"/> mails, sorted.</summary>
    public static IReadOnlyList<string> MailsSince(TestApp app, int before) =>
        [.. app.Mailbox.All.Skip(before).Select(mail => $"{mail.To}: {mail.Title()}").Order()];

    /// <summary>How many rows of each kind there are; ids and instants left out.</summary>
    public static async Task<IReadOnlyList<string>> ShapeAsync(TestApp app) =>
        [.. (await app.DumpAsync("vouchers", "emails", "due", "erasures"))
            .Select(line => $"{line.Split(':')[0]} {line.Split("RowKey=")[1].Split(' ', '-')[0]} {Status(line)}")
            // How many receipts the deletions are on depends on which of them came first; ReceiptTests counts them.
            .Where(row => !row.StartsWith("erasures receipt", StringComparison.Ordinal))
            .Order()];

    private static string Status(string line) => line.Split("Status=") is [_, { } rest] ? rest.Split(' ')[0] : "";

    /// <summary>Nobody's life depends on how often this was asked.</summary>
    public static async Task AssertUnchangedAsync(TestApp app, Func<Task> action)
    {
        var mails = app.Mailbox.Attempts;
        var dump = await app.DumpAsync();

        await action();

        Assert.Equal(dump, await app.DumpAsync());
        Assert.Equal(mails, app.Mailbox.Attempts);
    }
}
