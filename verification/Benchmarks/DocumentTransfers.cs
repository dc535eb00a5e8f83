using System.Diagnostics;
using System.Net;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks;

/// <summary>Documents through the app, sealed, beside the same transfers through a service that does nothing but pass them on.</summary>
internal static class DocumentTransfers
{
    private const string Sealed = "the app";
    private const string Plain = "unsealed";
    private const string Upload = "upload of 20 MB";
    private const string Zip = "all in one file";
    private const double Goal = 2;

    public static async Task RunAsync(Report report, RunOptions options)
    {
        await using var azurite = new AzuriteFixture();
        await azurite.InitializeAsync();
        await using var app = await TestApp.StartAsync(azurite);
        await using var plain = await PlainTransfers.StartAsync(app.Container("documents"));
        using var person = await Journey.ActivatedAsync(app);
        var count = options.Count(10, 2);
        var content = Content();
        for (var number = 1; number < count; number++)
        {
            (await person.PutDocumentAsync($"{number}.pdf", content)).MustBe(HttpStatusCode.Created);
            await plain.PutAsync($"{number}.pdf", content);
        }

        var comparison = await Comparison.RunAsync(options.Rounds, [
            new Contender(Plain, () => MeasureAsync(() => plain.PutAsync("last.pdf", content), () => plain.ZipAsync(), () => Task.CompletedTask)),
            new Contender(Sealed, () => MeasureAsync(
                async () => (await person.PutDocumentAsync("last.pdf", content)).MustBe(HttpStatusCode.Created),
                () => DownloadAsync(person.Client, "/api/documents.zip"),
                async () => (await person.RemoveDocumentAsync("last.pdf")).MustBe(HttpStatusCode.NoContent))),
        ]);

        report.Text($"One person uploads a document of 20 MB, then downloads {count} of them as one ZIP. *{Sealed}* checks the session, seals and counts; *{Plain}* reads, writes and zips "
            + "through the same storage client and the same blocks, and nothing else. Both on Kestrel in one process, storage is Azurite on the same machine.");
        report.Ratios(comparison, Upload, Plain);
        report.Ratios(comparison, Zip, Plain);
        report.AtMost(Goal, "upload, times the unsealed one", comparison.Ratio(Sealed, Plain, Upload).Median);
        report.AtMost(Goal, "ZIP, times the unsealed one", comparison.Ratio(Sealed, Plain, Zip).Median);
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Func<Task> upload, Func<Task> zip, Func<Task> tidyUp)
    {
        var uploaded = await TimeAsync(upload);
        var zipped = await TimeAsync(zip);
        await tidyUp();
        return [new Figure(Upload, "ms", uploaded), new Figure(Zip, "ms", zipped)];
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static async Task DownloadAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);
    }

    private static byte[] Content()
    {
        var content = new byte[DocumentRules.LargestBytes];
        new Random(1).NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);
        return content;
    }
}
