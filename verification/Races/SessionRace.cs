using System.Net;
using System.Text.Json.Nodes;

namespace VoucherFunctions.Races;

/// <summary>One account, everybody logs in: never more than five sessions, and those that are listed are those that work.</summary>
public sealed class SessionRace(Arena arena, Tally tally) : Race(arena, tally)
{
    private const int MostAtOnce = 5;
    private const string Password = "correct horse battery staple";

    protected override async Task RunRoundAsync(Racer[] racers)
    {
        var email = NewAddress();
        var token = await Arena.RegisterAsync((await Arena.IssueAsync(1))[0].Code, email);
        using var owner = new Racer(Arena, racers.Length);
        await owner.PostAsync("/api/activations", new { token, password = Password });

        var replies = await AtOnceAsync(racers, racer => racer.PostAsync("/api/sessions", new { email, password = Password }));

        // The attempt is counted before the password is looked at: of so many at once some are told to wait.
        Count(replies, reply => reply.Is(HttpStatusCode.TooManyRequests, "too-many-attempts"));
        var open = new List<Reply>();
        foreach (var racer in racers.Where(racer => replies[racer.Number].Won))
        {
            if (await racer.GetAsync("/api/sessions") is { Won: true } list)
            {
                open.Add(list);
            }
        }
        if (open.Count > MostAtOnce)
        {
            Tally.Broken($"{open.Count} sessions are open");
        }
        if (open.FirstOrDefault()?.Answer.Json["sessions"] is JsonArray { Count: > MostAtOnce } listed)
        {
            Tally.Broken($"{listed.Count} sessions are listed");
        }
        if (replies.Any(reply => reply.Won) && open.Count == 0)
        {
            Tally.Broken("whoever logged in last is logged out");
        }
    }
}
