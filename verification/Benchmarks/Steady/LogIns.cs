using System.Security.Cryptography;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>Log-ins through the app beside its password hash alone, and beside the log-ins of what one would take instead.</summary>
internal static class LogIns
{
    private const string App = "this app";
    private const string Bare = "Argon2id alone";
    private const string BareCalls = "Argon2id and the storage calls, bare";
    /// <summary>As many as the app computes at once (<c>PasswordHasher.AtOnce</c>).</summary>
    private const int HashesAtOnce = 4;

    /// <summary>What the app asks for (<c>PasswordHasher.Current</c>).</summary>
    private static readonly PasswordCost Cost = new(19 * 1024, 2);

    public static async Task RunAsync(Report report, RunOptions options, AzuriteFixture azurite)
    {
        var most = SteadyState.Clients.Max();
        var system = await VoucherSystem.NewAsync(azurite);
        var people = await Participants.SignInAsync(system, most);
        using var identityApi = await IdentityApi.InstallAsync();
        var betterAuth = await BetterAuth.InstallAsync();
        await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync()));
        await using var identity = await StartWithPeopleAsync(identityApi, most);
        await using var better = await StartWithPeopleAsync(betterAuth, most);
        var bare = await BareLogIns.CopyAsync(system.Table("vouchers", StorageSetup.NewClientOptions()), system.Table("emails", StorageSetup.NewClientOptions()), most);
        using var slots = new SemaphoreSlim(HashesAtOnce, HashesAtOnce);
        var time = TimeSpan.FromSeconds(options.Count(3, 1));

        report.Text($"Log-ins, each client with an account of its own. *{Bare}* is the app's password hash with the same parameters, {HashesAtOnce} at once, in this process, and nothing else; "
            + "with its storage calls there are two reads and a write before it and a transaction after it, as in the app. At 64 clients the app takes 36 at once and tells the others to come back in a second, which they do. The peers at their defaults: PBKDF2 and scrypt.");
        foreach (var clients in SteadyState.Clients)
        {
            var comparison = await Comparison.RunAsync(options.Rounds, [
                new Contender(Bare, async () => (await Load.ForAsync(time, clients, _ => HashAsync(slots))).Figures),
                new Contender(BareCalls, async () => (await Load.ForAsync(time, clients, client => bare.LogInAsync(client, () => HashAsync(slots)))).Figures),
                new Contender(App, async () => (await Load.ForAsync(time, clients, client => Requests.SendAsync(app.Client, Requests.LogIn(people[client])))).Figures),
                new Contender(betterAuth.Name, async () => (await Load.ForAsync(time, clients, client => Requests.SendAsync(better.Client, betterAuth.LogIn(client)))).Figures),
                new Contender(identityApi.Name, async () => (await Load.ForAsync(time, clients, client => Requests.SendAsync(identity.Client, identityApi.LogIn(client)))).Figures),
            ]);
            SteadyState.Table(report, comparison, clients, Bare);
            report.AtLeast(0.8, SteadyState.With(clients, "log-ins a second, times the hash alone"), comparison.Ratio(App, Bare, Load.Rate).Median);
            report.Text($"- With its storage calls: {comparison.Ratio(App, BareCalls, Load.Rate)} of the hash and the same calls bare.");
            report.AtLeast(2, SteadyState.With(clients, "log-ins a second, times those of the faster peer"),
                Math.Min(comparison.Ratio(App, betterAuth.Name, Load.Rate).Median, comparison.Ratio(App, identityApi.Name, Load.Rate).Median));
        }
    }

    private static async Task<bool> HashAsync(SemaphoreSlim slots)
    {
        await slots.WaitAsync();
        var tag = await Task.Run(() => PasswordHasher.Argon2id(Cost, Journey.Password, RandomNumberGenerator.GetBytes(16)));
        slots.Release();
        return tag.Length > 0;
    }

    private static async Task<RunningServer> StartWithPeopleAsync(IPeer peer, int count)
    {
        var server = await peer.StartAsync();
        foreach (var person in Enumerable.Range(0, count))
        {
            using var signUp = peer.SignUp(person);
            using var signedUp = await server.Client.SendAsync(signUp);
            signedUp.EnsureSuccessStatusCode();
        }
        return server;
    }
}
