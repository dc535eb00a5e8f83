using System.Diagnostics;
using System.Globalization;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>Far more than it can do, by clients that come back at once whatever they are told; then how soon it is itself again.</summary>
internal static class Overload
{
    /// <summary>Those who read, and as many others who log in: an account has five sessions, and the oldest gives way.</summary>
    private const int People = 16;
    private const int Clients = 256;
    private const int CalmClients = 16;
    private const double FullSpeed = 0.9;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Report report, RunOptions options, AzuriteFixture azurite)
    {
        var system = await VoucherSystem.NewAsync(azurite);
        var people = await Participants.SignInAsync(system, 2 * People);
        await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync()));
        await ReadAsync(app, people, Window);
        var before = (await ReadAsync(app, people, TimeSpan.FromSeconds(options.Count(4, 1)))).PerSecond;

        var answers = new Answers();
        var time = TimeSpan.FromSeconds(options.Count(10, 2));
        await Load.ForAsync(time, Clients, client => answers.CountAsync(app.Client, Next(people, client)));
        var recovered = await RecoverAsync(app, people, before);

        report.Text(string.Create(CultureInfo.InvariantCulture, $"{Clients} clients for {time.TotalSeconds} s, half reading profiles, half logging in (half of these from one address), all of them "
            + $"again at once whatever the answer: {answers.Done:#,0} were done, {answers.Refused:#,0} refused with 429 or 503 and Retry-After. Full speed is {FullSpeed:0%} of the reads a second with {CalmClients} clients before."));
        report.AtMost(0, "answers under overload that are neither a success nor 429 or 503 with Retry-After", answers.Failed);
        report.AtMost(5, "seconds until full speed again", recovered.TotalSeconds);
    }

    private static HttpRequestMessage Next(IReadOnlyList<Participant> people, int client)
    {
        var number = client / 4 % People;
        return (client % 4) switch
        {
            0 or 1 => Requests.Profile(people[number]),
            2 => Requests.LogIn(people[People + number]),
            _ => Requests.From("203.0.113.7", Requests.LogIn(people[People + number])),
        };
    }

    private static Task<Load> ReadAsync(ServerProcess app, IReadOnlyList<Participant> people, TimeSpan time) =>
        Load.ForAsync(time, CalmClients, client => Requests.SendAsync(app.Client, Requests.Profile(people[client % People])));

    /// <summary>Until the end of the first window at full speed.</summary>
    private static async Task<TimeSpan> RecoverAsync(ServerProcess app, IReadOnlyList<Participant> people, double before)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if ((await ReadAsync(app, people, Window)).PerSecond >= FullSpeed * before)
            {
                break;
            }
        }
        return Stopwatch.GetElapsedTime(started);
    }

    private sealed class Answers
    {
        private int _done;
        private int _refused;
        private int _failed;

        public int Done => _done;

        public int Refused => _refused;

        public int Failed => _failed;

        public async Task<bool> CountAsync(HttpClient client, HttpRequestMessage request)
        {
            using (request)
            {
                try
                {
                    using var response = await client.SendAsync(request);
                    Interlocked.Increment(ref response.IsSuccessStatusCode ? ref _done : ref Requests.IsForNow(response) ? ref _refused : ref _failed);
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException failure)
                {
                    await Console.Error.WriteLineAsync($"    {failure.Message}");
                    Interlocked.Increment(ref _failed);
                    return false;
                }
            }
        }
    }
}
