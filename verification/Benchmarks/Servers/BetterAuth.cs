using System.Globalization;
using VoucherFunctions.Local;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>better-auth on Node with its memory adapter (<c>peers/better-auth</c>).</summary>
internal sealed class BetterAuth : IPeer
{
    private static readonly string Folder = Path.Combine(Repository.Root, "verification", "Benchmarks", "peers", "better-auth");
    private const string Password = "correct horse battery staple";

    public string Name => "better-auth";

    public static async Task<BetterAuth> InstallAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            await Tool.RunAsync("npm", "ci", "--no-audit", "--no-fund", "--prefix", Folder);
        }
        return new BetterAuth();
    }

    public Task<RunningServer> StartAsync() => RunningServer.StartAsync(NewLaunch());

    private static Launch NewLaunch()
    {
        var port = Azurite.FreePort();
        return new Launch("node", ["server.mjs", port.ToString(CultureInfo.InvariantCulture)], Folder, port);
    }

    public HttpRequestMessage SignUp(int person) => Json.Post("/api/auth/sign-up/email", new { name = "Anne Muster", email = Email(person), password = Password });

    public HttpRequestMessage LogIn(int person) => Json.Post("/api/auth/sign-in/email", new { email = Email(person), password = Password });

    private static string Email(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}@example.ch");
}
