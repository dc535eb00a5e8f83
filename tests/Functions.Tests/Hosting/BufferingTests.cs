using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Hosting;

/// <summary>Runs alone: memory of other tests would be counted.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>An instance serves many people in little memory. The live heap is measured after each piece that the client reads or sends.</summary>
[Collection(nameof(Alone)), Trait("Storage", "Azurite")]
public sealed class BufferingTests(AzuriteFixture azurite)
{
    private const long Most = 4 * 1024 * 1024;
    private const int PieceBytes = 512 * 1024;
    private const int DocumentBytes = 20_000_000;

    [Theory]
    [InlineData("POST", "/api/vouchers?include=qr", "application/json")]
    [InlineData("POST", "/api/vouchers", "text/csv")]
    [InlineData("POST", "/api/vouchers", "application/pdf")]
    [InlineData("POST", "/api/vouchers", "text/html")]
    [InlineData("GET", "/api/vouchers/batches/{batch}", "application/json")]
    [InlineData("GET", "/api/vouchers/batches/{batch}", "text/csv")]
    [InlineData("GET", "/api/vouchers/batches/{batch}", "application/pdf")]
    [InlineData("GET", "/api/vouchers/batches/{batch}", "text/html")]
    public async Task A_thousand_vouchers_leave_in_pieces(string method, string path, string accept)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var office = new HttpClient { BaseAddress = app.Client.BaseAddress };
        using var first = Order("/api/vouchers", "application/json", app.IssuerKey);
        var issued = await office.SendAsync(first, TestContext.Current.CancellationToken);
        var batch = JsonNode.Parse(await issued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["batchId"]!.GetValue<string>();
        // The first request loads fonts and code, which stay: they are no buffers.
        _ = await PeakAsync(office, NewRequest);

        var (peak, length) = await PeakAsync(office, NewRequest);

        TestContext.Current.TestOutputHelper?.WriteLine($"{length} bytes, {peak} on the heap at most");
        Assert.True(length > 100_000, $"{length} bytes");
        Assert.True(peak <= Most, $"{peak} bytes on the heap for an answer of {length}");

        HttpRequestMessage NewRequest() => method == "POST"
            ? Order(path, accept, app.IssuerKey)
            : new HttpRequestMessage(HttpMethod.Get, path.Replace("{batch}", batch, StringComparison.Ordinal)) { Headers = { Accept = { new(accept) }, Authorization = new("Bearer", app.IssuerKey) } };
    }

    [Theory]
    [InlineData("/api/documents/1.pdf")]
    [InlineData("/api/documents.zip")]
    [InlineData("/api/profile/export")]
    public async Task Documents_leave_in_pieces(string path)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var browser = await LogInAsync(app, person);
        foreach (var number in Enumerable.Range(1, 2))
        {
            (await person.PutDocumentAsync($"{number}.pdf", Files.Pdf(DocumentBytes, seed: number))).MustBe(HttpStatusCode.Created);
        }
        _ = await PeakAsync(browser, () => new HttpRequestMessage(HttpMethod.Get, path));

        var (peak, length) = await PeakAsync(browser, () => new HttpRequestMessage(HttpMethod.Get, path));

        TestContext.Current.TestOutputHelper?.WriteLine($"{length} bytes, {peak} on the heap at most");
        Assert.True(length >= DocumentBytes, $"{length} bytes");
        Assert.True(peak <= Most, $"{peak} bytes on the heap for an answer of {length}");
    }

    [Fact]
    public async Task A_document_is_stored_in_pieces()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var browser = await LogInAsync(app, person);
        (await person.PutDocumentAsync("before.pdf", Files.Pdf(DocumentBytes))).MustBe(HttpStatusCode.Created);
        var content = new MeasuredContent(Files.Pdf(DocumentBytes, seed: 2));
        using var upload = new HttpRequestMessage(HttpMethod.Put, "/api/documents/CV.pdf") { Content = content, Headers = { IfNoneMatch = { EntityTagHeaderValue.Any } } };

        var answer = await browser.SendAsync(upload, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{content.Peak} on the heap at most");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(content.Peak <= Most, $"{content.Peak} bytes on the heap");
    }

    private static HttpRequestMessage Order(string path, string accept, string key)
    {
        var order = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { count = 1000 }),
            Headers = { Accept = { new(accept) }, Authorization = new("Bearer", key) },
        };
        order.Headers.Add("Idempotency-Key", "a-thousand");
        return order;
    }

    /// <summary>The tests' own clients keep every answer, to compare it with the contract.</summary>
    private static async Task<HttpClient> LogInAsync(TestApp app, Journey person)
    {
        var browser = new HttpClient { BaseAddress = app.Client.BaseAddress };
        var answer = await browser.PostAsJsonAsync("/api/sessions", new { email = person.Email, password = Journey.Password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    private static async Task<(long Peak, long Length)> PeakAsync(HttpClient client, Func<HttpRequestMessage> newRequest)
    {
        var piece = new byte[PieceBytes];
        using var request = newRequest();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var (peak, length) = (0L, 0L);
        while (await body.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            length += read;
        }
        return (peak, length);
    }

    private sealed class MeasuredContent(byte[] content) : HttpContent
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

        public long Peak { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var piece in content.Chunk(PieceBytes))
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - _before);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
