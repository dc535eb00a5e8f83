namespace VoucherFunctions.Races;

/// <summary>Many clients who want the same thing at once, round after round.</summary>
public abstract class Race(Arena arena, Tally tally)
{
    protected Arena Arena => arena;

    protected Tally Tally => tally;

    public async Task RunAsync(int rounds)
    {
        await BeginAsync(rounds);
        var killsBefore = arena.Kills;
        await Parallel.ForEachAsync(Enumerable.Range(0, rounds), new ParallelOptions { MaxDegreeOfParallelism = arena.Options.AtOnce }, async (_, _) =>
        {
            Racer[] racers = [.. Enumerable.Range(0, arena.Options.Clients).Select(number => new Racer(arena, number))];
            await RunRoundAsync(racers);
            foreach (var racer in racers)
            {
                racer.Dispose();
            }
        });
        tally.AddKills(arena.Kills - killsBefore);
    }

    /// <summary>What all rounds need.</summary>
    protected virtual Task BeginAsync(int rounds) => Task.CompletedTask;

    protected abstract Task RunRoundAsync(Racer[] racers);

    /// <summary>Everybody sends at the same time.</summary>
    protected static Task<Reply[]> AtOnceAsync(Racer[] racers, Func<Racer, Task<Reply>> send) => Task.WhenAll(racers.Select(send));

    /// <summary>Counts, and names every answer that is neither a victory nor one of these defeats.</summary>
    protected void Count(Reply[] replies, Func<Reply, bool> isDefeat)
    {
        Tally.Add(replies.Count(reply => reply.Won), replies.Count(reply => !reply.Won), replies.Sum(reply => reply.LostBefore));
        foreach (var reply in replies.Where(reply => !reply.Won && !isDefeat(reply)))
        {
            Tally.Broken($"neither won nor lost: {reply.Answer}");
        }
    }

    protected static string NewAddress() => $"{Guid.NewGuid():N}@example.ch";
}
