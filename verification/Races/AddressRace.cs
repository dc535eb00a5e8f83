using System.Net;

namespace VoucherFunctions.Races;

/// <summary>One address, everybody with a voucher of their own, all pending: exactly one account; the other vouchers are free again.</summary>
public sealed class AddressRace(Arena arena, Tally tally) : Race(arena, tally)
{
    protected override async Task RunRoundAsync(Racer[] racers)
    {
        var email = NewAddress();
        var vouchers = await Arena.IssueAsync(racers.Length);
        var tokens = new string[racers.Length];
        for (var number = 0; number < racers.Length; number++)
        {
            tokens[number] = await Arena.RegisterAsync(vouchers[number].Code, email);
        }

        var replies = await AtOnceAsync(racers, racer =>
            racer.PostAsync("/api/activations", new { token = tokens[racer.Number], password = $"correct horse battery {racer.Number}" }));

        // Whoever lost the answer and asks again finds the own link used, or the registration gone that could not become an account.
        Count(replies, reply => reply.Is(HttpStatusCode.Conflict, "account-exists")
            || (reply.LostBefore > 0 && reply.Is(HttpStatusCode.Gone, "activation-used", "activation-expired")));
        string[] statuses = await Task.WhenAll(vouchers.Select(voucher => Arena.StatusAsync(voucher.Id)));
        if (statuses.Count(status => status == "active") != 1 || statuses.Count(status => status is "issued" or "pending") != racers.Length - 1)
        {
            Tally.Broken($"vouchers are {string.Join(", ", statuses)}");
        }
        foreach (var winner in racers.Where(racer => replies[racer.Number].Won && statuses[racer.Number] != "active"))
        {
            Tally.Broken($"number {winner.Number} was told 200, and the voucher is {statuses[winner.Number]}");
        }
    }
}
