using System.Globalization;
using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>Documents pass through in chunks: as many as an account may keep need no more memory than one.</summary>
public sealed class MemoryTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const int Largest = 20_000_000;
    private const int Documents = 10;

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Uploads_of_20_MB_and_a_ZIP_of_200_MB_stay_under_180_MB_in_the_worker_and_120_in_the_native_head(Head head)
    {
        var most = head == Head.Worker ? 180 : 120;
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var person = await WholeJourney.SignInAsync(app);
        var content = new byte[Largest];
        Random.Shared.NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);

        for (var number = 0; number < Documents; number++)
        {
            await WholeJourney.ExpectAsync(app, HttpStatusCode.Created, WholeJourney.PutAsync(person, $"{number}.pdf", content));
        }
        var uploaded = PeakMegabytes(app.Process.Id);
        var zipped = await DownloadAsync(person, "/api/documents.zip");
        await DownloadAsync(person, "/api/documents/0.pdf");

        var peak = PeakMegabytes(app.Process.Id);
        Assert.True(zipped > Documents * (long)Largest, $"{zipped} bytes");
        TestContext.Current.SendDiagnosticMessage($"Peak: {uploaded} MB after the uploads, {peak} MB after the ZIP.");
        Assert.True(peak < most, $"{uploaded} MB after the uploads, {peak} MB after the ZIP.");
    }

    private static async Task<long> DownloadAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[81920];
        long bytes = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            bytes += read;
        }
        return bytes;
    }

    /// <summary>The most physical memory that the process has had at once (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html).</summary>
    private static int PeakMegabytes(int process) => File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1_000_000)
        .Single();
}
