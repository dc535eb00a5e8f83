using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Hosting;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Cost;

/// <summary>One participant from the issued voucher to the deletion, through the real app, with everything counted.</summary>
internal sealed class WholeLife(TestApp app, StorageTally tally)
{
    /// <summary>As <c>infra/cost/usage.json</c> takes it: so many visits, so many reads in each, so many documents, each read twice.</summary>
    private const int Visits = 20;
    private const int ReadsEach = 10;
    private const int Documents = 5;
    private const int Batch = 100;
    private readonly List<(string What, Calls Calls, int Mails)> _phases = [];
    private Calls _idle;

    public IReadOnlyList<(string What, Calls Calls, int Mails)> Phases => _phases;

    /// <summary>What each timer makes when nothing is due.</summary>
    public Dictionary<TimerFunction, int> IdleCalls { get; } = [];

    public async Task LiveAsync()
    {
        await MeasureIdleTimersAsync();
        string code = "";
        var issued = await tally.OfAsync(async () => code = (await Journey.IssueAsync(app, Batch))[0].Code);
        _phases.Add(($"the voucher, one of a batch of {Batch}", new Calls(Share(issued.Made), Share(issued.RowByRow)), 0));
        using var person = new Journey(app, code, "whole-life@example.ch");
        await PhaseAsync("check the code, register", person, async () =>
        {
            (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
            (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        });
        await PhaseAsync("activate", person, async () => (await person.ActivateAsync()).MustBe(HttpStatusCode.OK));
        var accessUntil = (await person.ProfileAsync()).Instant("accessUntil");
        await PhaseAsync($"{Visits} log-ins with {ReadsEach} reads each", person, () => VisitAsync(person));
        await PhaseAsync($"{Documents} documents, each kept once and read twice", person, () => KeepDocumentsAsync(person));
        await TimersAsync("three reminders", person, [.. AccountDue.ReminderDays.Select(days => AccessPeriod.DayWithDaysLeft(accessUntil, days).AddHours(18))]);
        await TimersAsync("the end of the 90 days", person, accessUntil);
        await TimersAsync("the deletion of everything", person, AccountDue.DeletionStart(accessUntil));
    }

    private async Task MeasureIdleTimersAsync()
    {
        foreach (var timer in app.Services.GetServices<TimerFunction>())
        {
            await app.RunTimerAsync(timer.Name);
            IdleCalls[timer] = (await tally.OfAsync(() => app.RunTimerAsync(timer.Name))).Made;
        }
        _idle = await tally.OfAsync(app.RunAllTimersAsync);
    }

    private async Task VisitAsync(Journey person)
    {
        for (var visit = 0; visit < Visits; visit++)
        {
            app.MoveTo(app.Now.AddDays(3));
            (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
            for (var read = 0; read < ReadsEach; read++)
            {
                app.MoveTo(app.Now.AddSeconds(90));
                (await person.ProfileAsync()).MustBe(HttpStatusCode.OK);
            }
        }
    }

    private static async Task KeepDocumentsAsync(Journey person)
    {
        var content = new byte[1024 * 1024];
        "%PDF-1.7\n"u8.CopyTo(content);
        for (var number = 0; number < Documents; number++)
        {
            (await person.PutDocumentAsync($"{number}.pdf", content)).MustBe(HttpStatusCode.Created);
            (await person.GetDocumentAsync($"{number}.pdf")).MustBe(HttpStatusCode.OK);
            (await person.GetDocumentAsync($"{number}.pdf")).MustBe(HttpStatusCode.OK);
        }
    }

    /// <summary>Every timer once at each of these instants; what they make without anybody is not this person's.</summary>
    private Task TimersAsync(string what, Journey person, params DateTimeOffset[] instants) => PhaseAsync(what, person, async () =>
    {
        foreach (var instant in instants)
        {
            app.MoveTo(instant);
            await app.RunAllTimersAsync();
        }
    }, _idle * instants.Length);

    private async Task PhaseAsync(string what, Journey person, Func<Task> act, Calls idle = default)
    {
        var mails = app.Mailbox.To(person.Email).Count;
        var calls = await tally.OfAsync(async () =>
        {
            await act();
            await app.SettleAsync();
        });
        _phases.Add((what, calls - idle, app.Mailbox.To(person.Email).Count - mails));
    }

    private static int Share(int calls) => (int)Math.Ceiling(calls / (double)Batch);
}
