using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks;

/// <summary>What a request allocates on the hot paths, from the socket to the storage and back; and how large the package is.</summary>
internal static class Allocations
{
    private const string Nothing = "nothing: is it alive?";
    private const string PerRequest = "allocated a request";
    private const double KiB = 1024;

    public static async Task RunAsync(Report report, RunOptions options)
    {
        var count = options.Count(200, 20);
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var another = await Journey.ActivatedAsync(app);
        var cookie = (await person.LogInAsync()).MustBe(HttpStatusCode.OK).SessionCookie.Split(';')[0];
        var fresh = (await Journey.IssueAsync(app, 1))[0].Code;
        var codes = new Queue<string>();
        while (codes.Count < count * (options.Rounds + 1))
        {
            (await Journey.IssueAsync(app, 100)).ToList().ForEach(voucher => codes.Enqueue(voucher.Code));
        }
        using var connection = new BareConnection(app.Address);

        var comparison = await Comparison.RunAsync(options.Rounds, [
            Path(Nothing, () => BareConnection.Request("GET", "/api/health", null)),
            Path("check of a code", () => Post("/api/vouchers/check", new { code = fresh })),
            Path("profile, signed in", () => BareConnection.Request("GET", "/api/profile", null, ("Cookie", cookie))),
            Path("registration and its mail", () => Post("/api/registrations", new { code = codes.Dequeue(), name = "Anne Muster", email = $"p{codes.Count}@example.ch", language = "fr" })),
            Path("log-in", () => Post("/api/sessions", new { email = another.Email, password = Journey.Password })),
        ]);

        report.Text(string.Create(CultureInfo.InvariantCulture, $"Managed memory that the process allocates, HTTP server and storage client included, over {count} requests one after the other from a client that allocates "
            + $"nothing, with storage on Azurite. The password hash takes 19 MiB beside that, of libsodium's, for the time of its computation."));
        report.Ratios(comparison, PerRequest, Nothing);
        await MeasurePackageAsync(report);

        Contender Path(string name, Func<byte[]> request) => Contender.Of(name, PerRequest, "KiB", async () =>
        {
            byte[][] requests = [.. Enumerable.Range(0, count).Select(_ => request())];
            await app.SettleAsync();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (var each in requests)
            {
                connection.Send(each);
            }
            await app.SettleAsync();
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / KiB / count;
        });
    }

    private static async Task MeasurePackageAsync(Report report)
    {
        var published = await Published.NativeAsync();
        var others = new DirectoryInfo(published.Folder).EnumerateFiles("*.so").Sum(file => file.Length);
        report.Table(["package", "MiB"], [
            ["ZIP that is deployed", MiB(new FileInfo(published.Package).Length)],
            ["native binary in it", MiB(new FileInfo(published.Command).Length)],
            ["native libraries in it (libsodium, SkiaSharp for PDF)", MiB(others)],
        ]);
    }

    private static byte[] Post(string path, object body) =>
        BareConnection.Request("POST", path, JsonSerializer.Serialize(body), ("X-Forwarded-For", new IPAddress(RandomNumberGenerator.GetBytes(4)).ToString()));

    private static string MiB(long bytes) => Numbers.Text(bytes / KiB / KiB);
}
