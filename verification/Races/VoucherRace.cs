using System.Collections.Concurrent;
using System.Net;

namespace VoucherFunctions.Races;

/// <summary>One voucher, everybody with an address of their own: exactly one registration, whose mail comes.</summary>
public sealed class VoucherRace(Arena arena, Tally tally) : Race(arena, tally)
{
    private readonly ConcurrentQueue<(string Id, string Code)> _vouchers = [];

    protected override async Task BeginAsync(int rounds) => (await Arena.IssueAsync(rounds)).ToList().ForEach(_vouchers.Enqueue);

    protected override async Task RunRoundAsync(Racer[] racers)
    {
        var (id, code) = _vouchers.TryDequeue(out var voucher) ? voucher : throw new InvalidOperationException("There are as many vouchers as rounds.");
        string[] addresses = [.. racers.Select(_ => NewAddress())];

        var replies = await AtOnceAsync(racers, racer =>
            racer.PostAsync("/api/registrations", new { code, name = "Anne Muster", email = addresses[racer.Number], language = "fr" }));

        Count(replies, reply => reply.Is(HttpStatusCode.Conflict, "voucher-pending"));
        if (replies.Count(reply => reply.Won) != 1)
        {
            Tally.Broken($"{replies.Count(reply => reply.Won)} registrations of one voucher");
        }
        if (await Arena.StatusAsync(id) is var status and not "pending")
        {
            Tally.Broken($"the voucher is {status}");
        }
        foreach (var winner in racers.Where(racer => replies[racer.Number].Won))
        {
            Arena.Promise(addresses[winner.Number]);
        }
    }
}
