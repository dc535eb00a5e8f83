using System.Net;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests.Host;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>
/// Bodies that are on their way: streamed, given up, or cut off by the end of the process. The native head streams too, but the real host buffers its answers whole and
/// tells it of no disconnect; nor does it pass a chunked request body on. So those promises hold for the worker only.
/// </summary>
public sealed class StreamingTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const int Size = 3_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_first_bytes_of_a_ZIP_arrive_before_the_last_document_is_read(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var person = await WithDocumentsAsync(app);
        var hold = app.Storage.Hold = new BlobHold(after: 1);

        using var response = await person.GetAsync("/api/documents.zip", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[1000];
        await body.ReadExactlyAsync(first, Cancellation);
        await hold.Reached.WaitAsync(Cancellation);
        // Otherwise the storage client gave up and asked again, and these bytes may be of a whole answer.
        Assert.False(hold.Abandoned.IsCompleted);
        hold.Release();
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest, Cancellation);

        Assert.Equal("PK"u8, first.AsSpan(0, 2));
        Assert.True(first.Length + rest.Length > 2 * Size, $"{rest.Length} bytes");
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_caller_who_goes_away_ends_the_work(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var person = await WithDocumentsAsync(app);
        var hold = app.Storage.Hold = new BlobHold(after: 0);
        using var disconnect = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var download = person.GetAsync("/api/documents/1.pdf", HttpCompletionOption.ResponseHeadersRead, disconnect.Token);
        await hold.Reached.WaitAsync(Cancellation);
        await disconnect.CancelAsync();

        // Sooner than the storage client gives up by itself, which is after 10 s.
        await hold.Abandoned.WaitAsync(TimeSpan.FromSeconds(8), Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    [Fact]
    public async Task An_invocation_that_the_host_cancels_ends_its_request()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        using var person = await WithDocumentsAsync(app);
        var hold = app.Storage.Hold = new BlobHold(after: 0);

        var download = person.GetAsync("/api/documents/1.pdf", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await hold.Reached.WaitAsync(Cancellation);
        ((WorkerHost)app.Host).CancelInvocations();

        await hold.Abandoned.WaitAsync(Cancellation);
        using var answer = await download;
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_request_under_way_is_answered_before_the_process_ends(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        using var person = await WithDocumentsAsync(app);
        var hold = app.Storage.Hold = new BlobHold(after: 0);

        var download = person.GetAsync("/api/documents/1.pdf", bearer: null);
        await hold.Reached.WaitAsync(Cancellation);
        app.Host.Terminate();
        await app.StopsListeningAsync();
        hold.Release();

        var answer = await WholeJourney.ExpectAsync(app, HttpStatusCode.OK, download);
        Assert.Equal(Size, answer.Bytes.Length);
        await app.Process.WaitForExitAsync(Cancellation);
        // A custom handler must not end with 0: the host would never start it again.
        Assert.Equal(head == Head.Worker ? 0 : 1, app.Process.ExitCode);
    }

    [Fact]
    public async Task The_worker_takes_a_body_of_unknown_length()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        var code = await app.NewCodeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/vouchers/check")
        {
            Content = new StreamContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"code":"{{code}}"}"""))),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");

        using var answer = await app.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpClient> WithDocumentsAsync(PublishedApp app)
    {
        var person = await WholeJourney.SignInAsync(app);
        var content = new byte[Size];
        Random.Shared.NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);
        foreach (var name in new[] { "1.pdf", "2.pdf" })
        {
            await WholeJourney.ExpectAsync(app, HttpStatusCode.Created, WholeJourney.PutAsync(person, name, content));
        }
        return person;
    }
}
