using VoucherFunctions.Local;
using VoucherFunctions.Races;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests;

// Real races: many clients, several processes of the native binary on one Azurite, kill -9 of a random one every second.
// Ends with 1 when anything was broken.
var options = RaceOptions.Parse(args);
Console.WriteLine($"Seed {options.Seed}: {options.Clients} clients × {options.Rounds} rounds, {options.AtOnce} of each race at once, {options.Processes} processes, kills {(options.Kills ? "on" : "off")}.");
await using var packages = new PublishedFixture();
var published = await packages.GetAsync(Head.Native);
await using var azurite = await Azurite.StartAsync(Path.Combine(Repository.Root, "local"), dataFolder: null, CancellationToken.None);

(Tally Tally, Func<Arena, Tally, Race> New)[] races =
[
    (new Tally("one voucher"), (arena, tally) => new VoucherRace(arena, tally)),
    (new Tally("one address"), (arena, tally) => new AddressRace(arena, tally)),
    (new Tally("one link"), (arena, tally) => new TokenRace(arena, tally)),
    (new Tally("the session limit"), (arena, tally) => new SessionRace(arena, tally)),
];
races = [.. races.Where(race => options.Only is null || race.Tally.Race.Contains(options.Only, StringComparison.OrdinalIgnoreCase))];
Tally[] tallies = [.. races.Select(race => race.Tally)];
var broken = new List<string>();
var (kills, mails) = (0, 0);
for (var done = 0; done < options.Rounds; done += options.Leg)
{
    await using var arena = await Arena.StartAsync(azurite.ConnectionString, published, options with { Seed = options.Seed + done });
    await Task.WhenAll(races.Select(race => race.New(arena, race.Tally).RunAsync(Math.Min(options.Leg, options.Rounds - done))));
    broken.AddRange(await arena.EndAsync());
    (kills, mails) = (kills + arena.Kills, mails + arena.MailsAwaited);
    Console.WriteLine($"{string.Join("; ", tallies.Select(tally => tally.ToString()))}; {broken.Count} wrong in storage and mail");
}

Console.WriteLine();
Console.WriteLine("| race | rounds | winners | losers | lost answers, asked again | kills meanwhile | violations |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var tally in tallies)
{
    Console.WriteLine(tally.ToRow());
}
Console.WriteLine();
foreach (var violation in tallies.SelectMany(tally => tally.Violations).Concat(broken))
{
    Console.WriteLine($"Violation: {violation}");
}
Console.WriteLine($"{kills} kills, {mails} mails awaited, {tallies.Sum(tally => tally.Violations.Count) + broken.Count} violations.");
return tallies.All(tally => tally.Violations.Count == 0) && broken.Count == 0 ? 0 : 1;
