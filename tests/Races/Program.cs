using VoucherFunctions.Local;
using VoucherFunctions.Native.Tests;
using VoucherFunctions.Races;
using VoucherFunctions.Testing;

// Real races: many clients, several processes of the native binary on one Azurite, kill -9 of a random one every second.
// Ends with 1 when anything was broken.
var options = RaceOptions.Parse(args);
Console.WriteLine($"Seed {options.Seed}: {options.Clients} clients × {options.Rounds} rounds, {options.Processes} processes, kills {(options.Kills ? "on" : "off")}.");
await using var published = new PublishedFixture();
await published.InitializeAsync();
await using var azurite = await Azurite.StartAsync(Path.Combine(Repository.Root, "local"), dataFolder: null, CancellationToken.None);
await using var arena = await Arena.StartAsync(azurite.ConnectionString, published, options);

Race[] races = [new VoucherRace(arena), new AddressRace(arena), new TokenRace(arena), new SessionRace(arena)];
var tallies = new List<Tally>();
foreach (var race in races.Where(race => options.Only is null || race.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
{
    tallies.Add(await race.RunAsync());
    Console.WriteLine(tallies[^1]);
}
var broken = await arena.EndAsync();

Console.WriteLine();
Console.WriteLine("| race | rounds | winners | losers | lost answers, asked again | kills | violations |");
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
Console.WriteLine($"{arena.Kills} kills, {arena.MailsAwaited} mails awaited, {tallies.Sum(tally => tally.Violations.Count) + broken.Count} violations.");
return tallies.All(tally => tally.Violations.Count == 0) && broken.Count == 0 ? 0 : 1;
