using System.Net;

namespace VoucherFunctions.Races;

/// <summary>One link, everybody with a password of their own: exactly one of the passwords opens the account.</summary>
public sealed class TokenRace(Arena arena, Tally tally) : Race(arena, tally)
{
    protected override async Task RunRoundAsync(Racer[] racers)
    {
        var email = NewAddress();
        var token = await Arena.RegisterAsync((await Arena.IssueAsync(1))[0].Code, email);

        var replies = await AtOnceAsync(racers, racer => racer.PostAsync("/api/activations", new { token, password = Password(racer) }));

        Count(replies, reply => reply.Is(HttpStatusCode.Gone, "activation-used"));
        Racer[] winners = [.. racers.Where(racer => replies[racer.Number].Won)];
        // When the winner died before it could say so, it is among those who had to ask again.
        Racer[] candidates = winners.Length > 0 ? winners : [.. racers.Where(racer => replies[racer.Number].LostBefore > 0)];
        if (winners.Length > 1)
        {
            Tally.Broken($"{winners.Length} activations by one link");
        }
        var opened = 0;
        foreach (var racer in candidates.Take(winners.Length > 0 ? winners.Length : TriesThatAreFree))
        {
            opened += (await racer.PostAsync("/api/sessions", new { email, password = Password(racer) })).Won ? 1 : 0;
        }
        if (opened != 1 && (winners.Length > 0 || candidates.Length <= TriesThatAreFree))
        {
            Tally.Broken($"{opened} of {candidates.Length} passwords open the account");
        }
    }

    /// <summary>More wrong passwords in a row are not answered at once.</summary>
    private const int TriesThatAreFree = 5;

    private static string Password(Racer racer) => $"correct horse battery {racer.Number}";
}
