namespace VoucherFunctions.Simulation.Soak;

/// <summary>What somebody does in one go, a minute apart.</summary>
public sealed record Visit(Participant Who, params string[] Flows)
{
    private const int MostTries = 12;

    /// <summary>How often it came to nothing so far: the mail was not there yet, or nobody answered.</summary>
    public int Tried { get; init; }

    public Visit? Again => Tried < MostTries ? this with { Tried = Tried + 1 } : null;
}

/// <summary>What one person will do, drawn at the beginning: most activate and come back now and then, some never do, some change their mind.</summary>
public static class Lives
{
    private static readonly string[][] Visits =
    [
        ["log in", "profile"], ["log in", "upload", "profile"], ["log in", "remove document"], ["log in", "profile", "log out"], ["log in wrong", "log in", "upload"],
    ];

    /// <summary>Each visit and how long after the voucher was handed over.</summary>
    public static IEnumerable<(TimeSpan After, Visit Visit)> Draw(Participant who, Random random)
    {
        var begin = TimeSpan.FromDays(random.Next(1, 4)) + TimeSpan.FromMinutes(random.Next(24 * 60));
        return random.Next(100) switch
        {
            < 3 => [],
            < 6 => [(begin, new(who, "revoke"))],
            < 14 => Lapse(who, begin, random),
            < 18 => [(begin, new(who, "check", "register")), (begin + TimeSpan.FromMinutes(90), new(who, "cancel")), .. Course(who, begin + TimeSpan.FromDays(2), random)],
            _ => Course(who, begin, random),
        };
    }

    private static IEnumerable<(TimeSpan, Visit)> Lapse(Participant who, TimeSpan begin, Random random) =>
    [
        (begin, new(who, "register")),
        (begin + TimeSpan.FromMinutes(random.Next(30, 600)), new(who, "resend")),
        (begin + TimeSpan.FromHours(25), new(who, "activate")),
        .. random.Next(2) == 0 ? Course(who, begin + TimeSpan.FromDays(3), random) : [],
    ];

    private static IEnumerable<(TimeSpan, Visit)> Course(Participant who, TimeSpan begin, Random random)
    {
        yield return (begin, new(who, "check", "register"));
        if (random.Next(8) == 0)
        {
            yield return (begin + TimeSpan.FromMinutes(20), new(who, random.Next(2) == 0 ? "correct" : "resend"));
        }
        yield return (begin + TimeSpan.FromMinutes(random.Next(40, 20 * 60)), new(who, "activate", "profile", "upload"));
        // Days apart, so that no session of an earlier visit is still open.
        var day = 0;
        for (var left = random.Next(4); left > 0; left--)
        {
            day += random.Next(2, 20);
            yield return (begin + TimeSpan.FromDays(day), new(who, Visits[random.Next(Visits.Length)]));
        }
        yield return (begin + TimeSpan.FromDays(day + 4), random.Next(12) switch
        {
            0 => new Visit(who, "log in", "erase"),
            1 => new Visit(who, "request reset", "reset"),
            2 => new Visit(who, "log in", "change password", "profile"),
            _ => new Visit(who, "log in", "profile"),
        });
        if (random.Next(6) == 0)
        {
            // After the end: nothing opens any more. A second voucher takes over the address.
            yield return (begin + TimeSpan.FromDays(100), new(who, "log in"));
        }
        if (random.Next(20) == 0)
        {
            yield return (begin + TimeSpan.FromDays(105), new(who, "register 2"));
            yield return (begin + TimeSpan.FromDays(105) + TimeSpan.FromHours(3), new(who, "activate 2"));
        }
    }
}
