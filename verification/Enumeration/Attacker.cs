using System.Diagnostics;
using System.Net;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Enumeration;

/// <summary>Milliseconds of every try.</summary>
internal sealed record Times(List<double> Known, List<double> Unknown);

/// <summary>
/// Asks for known and unknown addresses in random order and takes the time, one request after the other. Goes round the throttles by what only a test can do:
/// it moves the clock, and calls from another network address every time.
/// </summary>
internal sealed class Attacker(TestApp app, IReadOnlyList<string> known)
{
    private const int Accounts = 50;

    /// <summary>An address is asked for so often before the clock moves on: the free log-ins of a day.</summary>
    private const int LogInsADay = 5;

    private readonly Random _random = new(1);
    private int _calls;
    private int _strangers;

    public IReadOnlyList<(string Name, Func<int, Task<Times>> Measure)> Measurements =>
    [
        ("log-in", tries => MeasureAsync(tries, LogInsADay, TimeSpan.FromDays(1), LogInAsync)),
        ("reset", tries => MeasureAsync(tries, 1, TimeSpan.FromHours(2), AskForResetAsync)),
        ("registration", tries => MeasureAsync(tries, LogInsADay, TimeSpan.Zero, RegisterAsync)),
    ];

    public static async Task<Attacker> PrepareAsync(TestApp app)
    {
        var addresses = new List<string>();
        for (var account = 0; account < Accounts; account++)
        {
            using var person = await Journey.ActivatedAsync(app, $"person{account:d6}@example.ch");
            addresses.Add(person.Email);
        }
        return new Attacker(app, addresses);
    }

    /// <summary>Rounds of as many known as unknown addresses, shuffled; between them the clock moves on. The first round only warms up.</summary>
    private async Task<Times> MeasureAsync(int tries, int repeats, TimeSpan pause, Func<string, Task<HttpRequestMessage>> prepare)
    {
        await RoundAsync(new Times([], []), repeats, prepare);
        var times = new Times([], []);
        while (times.Known.Count < tries)
        {
            app.Clock.Advance(pause);
            await RoundAsync(times, repeats, prepare);
        }
        return times;
    }

    private async Task RoundAsync(Times times, int repeats, Func<string, Task<HttpRequestMessage>> prepare)
    {
        var strangers = known.Select(_ => $"nobody{_strangers++:d6}@example.ch");
        var round = Enumerable.Repeat(known.Select(address => (address, times.Known)).Concat(strangers.Select(address => (address, times.Unknown))).ToList(), repeats)
            .SelectMany(each => each)
            .ToArray();
        _random.Shuffle(round);
        foreach (var (address, list) in round)
        {
            using var request = await prepare(address);
            request.Headers.Add("X-Forwarded-For", new IPAddress(0x0A000000L + _calls++).ToString());
            var start = Stopwatch.GetTimestamp();
            using var response = await app.Client.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            list.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Accepted))
            {
                throw new InvalidOperationException($"{request.RequestUri} answered {(int)response.StatusCode}.");
            }
        }
    }

    private Task<HttpRequestMessage> LogInAsync(string email) => Task.FromResult(Post("/api/sessions", new { email, password = "wrong horse battery staple" }));

    private Task<HttpRequestMessage> AskForResetAsync(string email) => Task.FromResult(Post("/api/password-resets", new { email }));

    /// <summary>Every registration takes a voucher.</summary>
    private async Task<HttpRequestMessage> RegisterAsync(string email)
    {
        var code = (await Journey.IssueAsync(app, 1))[0].Code;
        return Post("/api/registrations", new { code, name = "Anne Muster", email, language = "fr" });
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
}
