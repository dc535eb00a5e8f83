using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>
/// What the app relies on of the blob service, seen through the SDK. Runs against the service in memory and against Azurite alike, so that the one may stand for the other.
/// </summary>
public abstract class BlobServiceContract : IAsyncLifetime
{
    private static readonly string[] BeginAlike = ["a/1", "a/2"];

    private BlobContainerClient Container { get; set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract BlobServiceClient Service { get; }

    public async ValueTask InitializeAsync()
    {
        Container = Service.GetBlobContainerClient($"c{Guid.NewGuid():N}");
        await Container.CreateAsync(cancellationToken: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Container.DeleteAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_blob_reads_back_as_it_was_written()
    {
        var written = await PutAsync("b", "Twenty years of it");

        using BlobDownloadStreamingResult read = await Blob("b").DownloadStreamingAsync(cancellationToken: Cancellation);

        Assert.Equal("Twenty years of it", await TextAsync(read));
        Assert.Equal(18, read.Details.ContentLength);
        Assert.Equal(written.ETag, read.Details.ETag);
        Assert.Equal("application/octet-stream", read.Details.ContentType);
        Assert.Null(read.Details.ContentRange);
        Assert.True(await Blob("b").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        await PutAsync("b", "");

        Assert.Equal("", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_not_found()
    {
        await RefusedAsync(404, "BlobNotFound", () => Blob("b").DownloadStreamingAsync(cancellationToken: Cancellation));
        await RefusedAsync(404, "BlobNotFound", () => Blob("b").DeleteAsync(cancellationToken: Cancellation));
        Assert.False(await Blob("b").ExistsAsync(Cancellation));
        Assert.False(await Blob("b").DeleteIfExistsAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_new_blob_is_written_once()
    {
        var first = await PutAsync("b", "first", new BlobRequestConditions { IfNoneMatch = ETag.All });

        await RefusedAsync(409, "BlobAlreadyExists", () => PutAsync("b", "second", new BlobRequestConditions { IfNoneMatch = ETag.All }));

        Assert.Equal("first", await ReadAsync("b"));
        Assert.Equal(first.ETag, (await PropertiesAsync("b")).ETag);
    }

    [Fact]
    public async Task Each_write_makes_another_version()
    {
        var first = await PutAsync("b", "first");
        var second = await PutAsync("b", "second");

        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal("second", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_blob_appears_when_its_parts_are_finished_in_their_order()
    {
        var (one, two) = (await StageAsync("b", 1, "one "), await StageAsync("b", 2, "two "));
        Assert.False(await Blob("b").ExistsAsync(Cancellation));
        await RefusedAsync(404, "BlobNotFound", () => Blob("b").DownloadStreamingAsync(cancellationToken: Cancellation));
        Assert.Empty(await ListAsync(BlobStates.None, ""));

        await Blob("b").CommitBlockListAsync([two, one, two], cancellationToken: Cancellation);

        Assert.Equal("two one two ", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_part_that_was_not_sent_cannot_be_finished()
    {
        await StageAsync("b", 1, "one");

        await RefusedAsync(400, "InvalidBlockList", () => Blob("b").CommitBlockListAsync([Name(2)], cancellationToken: Cancellation));

        Assert.False(await Blob("b").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_part_that_is_sent_twice_is_as_it_was_sent_last()
    {
        await StageAsync("b", 1, "first");
        var block = await StageAsync("b", 1, "again");

        await Blob("b").CommitBlockListAsync([block], cancellationToken: Cancellation);

        Assert.Equal("again", await ReadAsync("b"));
    }

    [Fact]
    public async Task What_was_finished_can_be_finished_again_with_the_same_parts()
    {
        var block = await StageAsync("b", 1, "one");
        await Blob("b").CommitBlockListAsync([block], cancellationToken: Cancellation);

        await Blob("b").CommitBlockListAsync([block], cancellationToken: Cancellation);

        Assert.Equal("one", await ReadAsync("b"));
    }

    [Fact]
    public async Task Finishing_nothing_makes_an_empty_blob_and_drops_the_parts()
    {
        await StageAsync("b", 1, "one");

        await Blob("b").CommitBlockListAsync([], cancellationToken: Cancellation);

        Assert.Equal("", await ReadAsync("b"));
        await Blob("b").DeleteAsync(cancellationToken: Cancellation);
        Assert.Empty(await ListAsync(BlobStates.Uncommitted, ""));
    }

    [Fact]
    public async Task A_blob_is_deleted_once()
    {
        await PutAsync("b", "text");

        await Blob("b").DeleteAsync(cancellationToken: Cancellation);

        await RefusedAsync(404, "BlobNotFound", () => Blob("b").DeleteAsync(cancellationToken: Cancellation));
        Assert.Empty(await ListAsync(BlobStates.None, ""));
    }

    [Fact]
    public async Task Only_names_that_begin_alike_are_listed_in_their_order()
    {
        foreach (var name in new[] { "a/2", "b/1", "a/1", "aa/1" })
        {
            await PutAsync(name, "text");
        }

        Assert.Equal(BeginAlike, await ListAsync(BlobStates.None, "a/"));
        Assert.Empty(await ListAsync(BlobStates.None, "c/"));
    }

    [Fact]
    public async Task What_is_not_finished_is_listed_when_it_is_asked_for()
    {
        await PutAsync("a/1", "text");
        await StageAsync("a/2", 1, "one");

        Assert.Equal(["a/1"], await ListAsync(BlobStates.None, "a/"));
        Assert.Equal(BeginAlike, await ListAsync(BlobStates.Uncommitted, "a/"));
    }

    [Theory]
    [InlineData(0, 3L, "012", "bytes 0-2/10")]
    [InlineData(4, null, "456789", "bytes 4-9/10")]
    [InlineData(8, 100L, "89", "bytes 8-9/10")]
    public async Task A_part_can_be_read(long from, long? length, string expected, string range)
    {
        await PutAsync("b", "0123456789");

        using BlobDownloadStreamingResult read = await Blob("b").DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(from, length) }, Cancellation);

        Assert.Equal(expected, await TextAsync(read));
        Assert.Equal(range, read.Details.ContentRange);
        Assert.Equal(expected.Length, read.Details.ContentLength);
    }

    [Fact]
    public async Task The_version_one_has_is_not_sent_again()
    {
        var written = await PutAsync("b", "text");

        var same = await Blob("b").DownloadStreamingAsync(Unless(written.ETag), Cancellation);
        using BlobDownloadStreamingResult other = await Blob("b").DownloadStreamingAsync(Unless(new ETag("\"0xABCDEF\"")), Cancellation);

        Assert.Equal(304, same.GetRawResponse().Status);
        Assert.Equal("text", await TextAsync(other));
    }

    [Fact]
    public async Task Another_version_than_the_one_that_is_wanted_is_refused()
    {
        var written = await PutAsync("b", "text");

        using BlobDownloadStreamingResult read = await Blob("b").DownloadStreamingAsync(OnlyIf(written.ETag), Cancellation);
        Assert.Equal("text", await TextAsync(read));
        await RefusedAsync(412, "ConditionNotMet", () => Blob("b").DownloadStreamingAsync(OnlyIf(new ETag("\"0xABCDEF\"")), Cancellation));
    }

    private static BlobDownloadOptions Unless(ETag version) => new() { Conditions = new BlobRequestConditions { IfNoneMatch = version } };

    private static BlobDownloadOptions OnlyIf(ETag version) => new() { Conditions = new BlobRequestConditions { IfMatch = version } };

    private static string Name(int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number:D6}"));

    private static async Task<string> TextAsync(BlobDownloadStreamingResult read)
    {
        using var reader = new StreamReader(read.Content, Encoding.ASCII);
        return await reader.ReadToEndAsync(Cancellation);
    }

    protected static async Task RefusedAsync(int status, string code, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(call);
        Assert.Equal((status, code), (failure.Status, failure.ErrorCode));
    }

    protected BlockBlobClient Blob(string name) => Container.GetBlockBlobClient(name);

    protected async Task<BlobContentInfo> PutAsync(string name, string text, BlobRequestConditions? conditions = null) => await Blob(name).UploadAsync(
        new MemoryStream(Encoding.ASCII.GetBytes(text)), new BlobUploadOptions { Conditions = conditions }, Cancellation);

    private async Task<string> StageAsync(string name, int number, string text)
    {
        await Blob(name).StageBlockAsync(Name(number), new MemoryStream(Encoding.ASCII.GetBytes(text)), cancellationToken: Cancellation);
        return Name(number);
    }

    private async Task<string> ReadAsync(string name)
    {
        using BlobDownloadStreamingResult read = await Blob(name).DownloadStreamingAsync(cancellationToken: Cancellation);
        return await TextAsync(read);
    }

    private async Task<BlobProperties> PropertiesAsync(string name) => await Blob(name).GetPropertiesAsync(cancellationToken: Cancellation);

    private async Task<List<string>> ListAsync(BlobStates states, string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in Container.GetBlobsAsync(BlobTraits.None, states, prefix, Cancellation))
        {
            names.Add(blob.Name);
        }
        return names;
    }
}
