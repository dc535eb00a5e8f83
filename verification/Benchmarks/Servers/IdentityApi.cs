using System.Globalization;
using VoucherFunctions.Local;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>ASP.NET Core Identity's API endpoints over EF Core and SQLite (<c>peers/identity</c>), with a new database.</summary>
internal sealed class IdentityApi : IPeer, IDisposable
{
    private static readonly string Project = Path.Combine(Repository.Root, "verification", "Benchmarks", "peers", "identity");
    private static readonly string Output = Path.Combine(Project, "bin", "Release", "net10.0");
    private const string Password = "Correct-horse-battery-7";
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-peer-").FullName;

    public string Name => "ASP.NET Core Identity";

    private string Database => $"--Database=Data Source={Path.Combine(_folder, "identity.db")}";

    public static async Task<IdentityApi> InstallAsync()
    {
        await Tool.RunAsync("dotnet", "build", Project, "--configuration", "Release", "--nologo", "--verbosity", "quiet");
        var peer = new IdentityApi();
        await Tool.RunAsync("dotnet", Path.Combine(Output, "IdentityPeer.dll"), peer.Database, "--create");
        return peer;
    }

    public Task<RunningServer> StartAsync() => RunningServer.StartAsync(NewLaunch());

    private Launch NewLaunch()
    {
        var port = Azurite.FreePort();
        return new Launch("dotnet", ["IdentityPeer.dll", Database, string.Create(CultureInfo.InvariantCulture, $"--urls=http://127.0.0.1:{port}")], Output, port);
    }

    public HttpRequestMessage SignUp(int person) => Json.Post("/register", new { email = Email(person), password = Password });

    public HttpRequestMessage LogIn(int person) => Json.Post("/login", new { email = Email(person), password = Password });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Email(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}@example.ch");
}
