using System.IO.Compression;
using System.Net;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Benchmarks;

/// <summary>The floor for documents: a body goes into blocks of 2 MiB, blobs go into a ZIP, as they are.</summary>
internal sealed class PlainTransfers : IAsyncDisposable
{
    private const int BlockBytes = 2 * 1024 * 1024;
    private const string Prefix = "plain/";
    private readonly WebApplication _app;
    private readonly BlobContainer _container;
    private readonly HttpClient _client;

    private PlainTransfers(BlobContainerClient container)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _container = new BlobContainer(container);
        _app.MapPut("/documents/{name}", (RequestDelegate)KeepAsync);
        _app.MapGet("/documents.zip", (RequestDelegate)ZipAsync);
        _client = new HttpClient();
    }

    public static async Task<PlainTransfers> StartAsync(BlobContainerClient container)
    {
        var transfers = new PlainTransfers(container);
        await transfers._app.StartAsync();
        transfers._client.BaseAddress = new Uri(transfers._app.Urls.First());
        return transfers;
    }

    public async Task PutAsync(string name, byte[] content)
    {
        using var response = await _client.PutAsync($"/documents/{name}", new ByteArrayContent(content));
        response.EnsureSuccessStatusCode();
    }

    public Task ZipAsync() => DocumentTransfers.DownloadAsync(_client, "/documents.zip");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task KeepAsync(HttpContext http)
    {
        var name = $"{Prefix}{http.Request.RouteValues["name"]}";
        var blocks = new List<string>();
        var block = new byte[BlockBytes];
        int read;
        while ((read = await http.Request.Body.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, http.RequestAborted)) > 0)
        {
            blocks.Add(await _container.WriteBlockAsync(name, blocks.Count, block.AsMemory(0, read), http.RequestAborted));
        }
        await _container.FinishAsync(name, blocks, http.RequestAborted);
    }

    private async Task ZipAsync(HttpContext http)
    {
        // ZipArchive writes some bytes synchronously.
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await using var zip = await ZipArchive.CreateAsync(http.Response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, http.RequestAborted);
        await foreach (var name in _container.ListAsync(Prefix, http.RequestAborted))
        {
            using var blob = await _container.OpenAsync(name, version: null, http.RequestAborted);
            await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(http.RequestAborted);
            await blob!.Content.CopyToAsync(entry, http.RequestAborted);
        }
    }
}
