using System.Diagnostics;
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
    public async Task Uploads_of_20_MB_and_a_ZIP_of_200_MB_need_little_memory(Head head)
    {
        var (mostUploaded, mostZipped) = head == Head.Worker ? (180, 160) : (120, 120);
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        var cookies = new CookieContainer();
        using var person = await WholeJourney.SignInAsync(app, cookies);
        var content = new byte[Largest];
        Random.Shared.NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);

        for (var number = 0; number < Documents; number++)
        {
            await WholeJourney.ExpectAsync(app, HttpStatusCode.Created, WholeJourney.PutAsync(person, $"{number}.pdf", content));
        }
        var uploaded = PeakMegabytes(app.Process.Id);
        // A process of its own, since the peak of the uploads is higher.
        await app.RestartAsync();
        using var again = app.NewClient(cookies);
        var (bytes, wait) = await DownloadAsync(again, "/api/documents.zip");
        await DownloadAsync(again, "/api/documents/0.pdf");
        var zipped = PeakMegabytes(app.Process.Id);

        TestContext.Current.SendDiagnosticMessage($"Peak: {uploaded} MB after the uploads, {zipped} MB after the ZIP, whose first byte took {wait.TotalMilliseconds:0} ms.");
        Assert.True(bytes > Documents * (long)Largest, $"{bytes} bytes");
        Assert.True(uploaded < mostUploaded && zipped < mostZipped, $"{uploaded} MB after the uploads, {zipped} MB after the ZIP.");
    }

    /// <returns>How many bytes came, and how long the first of them took.</returns>
    private static async Task<(long Bytes, TimeSpan First)> DownloadAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[81920];
        long bytes = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
        var first = Stopwatch.GetElapsedTime(started);
        int read;
        while ((read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            bytes += read;
        }
        return (bytes, first);
    }

    /// <summary>The most physical memory that the process has had at once (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html).</summary>
    private static int PeakMegabytes(int process) => File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1_000_000)
        .Single();
}
