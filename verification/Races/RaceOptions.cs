using System.Globalization;

namespace VoucherFunctions.Races;

/// <param name="Leg">after so many rounds everything begins anew on empty tables: Azurite goes through a whole table for every range query, so that long runs would crawl</param>
/// <param name="AtOnce">how many rounds of each race are under way, beside those of the others</param>
/// <param name="Clients">how many want the same thing at once</param>
/// <param name="Processes">of the native binary; a client tries the next one when its own is dead</param>
/// <param name="Kills">whether a random process is killed every second</param>
/// <param name="Only">part of the name of the one race to run; all when null</param>
public sealed record RaceOptions(int Rounds, int Leg, int AtOnce, int Clients, int Processes, bool Kills, string? Only, int Seed)
{
    private const int MostVouchersAtOnce = 1000;

    public static RaceOptions Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new RaceOptions(
            Number("--rounds", 1000),
            Math.Clamp(Number("--leg", 50), 1, MostVouchersAtOnce),
            Number("--at-once", 2),
            Number("--clients", 16),
            Number("--processes", 5),
            !args.Contains("--without-kills"),
            Value("--only"),
            Number("--seed", Environment.TickCount & int.MaxValue));
    }
}
