using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Security;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Documents;

/// <summary>Whoever can write to the storage changes what is stored there: it is noticed, and nothing of the document is given out.</summary>
public sealed class TamperTests(AzuriteFixture azurite)
{
    private const int Chunk = SealedChunks.SealedBytes;
    private const int Workers = 2;
    private static readonly byte[] Key = SHA256.HashData("a key"u8);

    /// <summary>Three chunks: two full ones and a part.</summary>
    private static readonly byte[] Content = Files.Pdf(2 * SealedChunks.PlainBytes + 500);

    [Fact]
    public async Task Every_single_bit_counts_in_a_small_content()
    {
        var (plain, small) = (Files.Pdf(300), Seal(Files.Pdf(300)));
        Assert.Equal(plain, await OpenAsync(small, plain.Length));

        for (var at = 0; at < small.Length * 8; at++)
        {
            var changed = small.ToArray();
            changed[at / 8] ^= (byte)(1 << (at % 8));
            await AssertRefusedAsync(changed, plain.Length);
        }
    }

    [Fact]
    public async Task Every_byte_counts_in_a_content_of_several_chunks()
    {
        var sealedContent = Seal(Content);
        Assert.Equal(SealedChunks.LengthOf(Content.Length), sealedContent.Length);

        await Parallel.ForAsync(0, Workers, async (worker, _) =>
        {
            var changed = sealedContent.ToArray();
            for (var at = worker; at < changed.Length; at += Workers)
            {
                changed[at] ^= 1;
                var opened = await AssertRefusedAsync(changed, Content.Length);
                changed[at] ^= 1;
                Assert.True(opened <= (at - 1) / Chunk * SealedChunks.PlainBytes, $"byte {at}: {opened} bytes were handed out");
            }
        });
    }

    [Fact]
    public async Task Every_length_but_the_right_one_is_refused()
    {
        var small = Seal(Files.Pdf(300));
        for (var length = 0; length < small.Length; length++)
        {
            await AssertRefusedAsync(small[..length], 300);
        }
        await AssertRefusedAsync([.. small, 0], 300);
        await AssertRefusedAsync(small, 299);
        await AssertRefusedAsync(small, 301);

        var large = Seal(Content);
        int[] ends = [1, 2, 16, 17, Chunk - 1, Chunk, Chunk + 1, Chunk + 2, Chunk + 17, 2 * Chunk, 2 * Chunk + 1, 2 * Chunk + 17, large.Length - 16, large.Length - 1];
        foreach (var length in ends)
        {
            await AssertRefusedAsync(large[..length], Content.Length);
            // Not even when the row were changed to match.
            await AssertRefusedAsync(large[..length], Math.Max(0, length - 17));
        }
    }

    [Fact]
    public async Task Chunks_in_another_order_left_out_or_doubled_are_refused()
    {
        var whole = Seal(Content);
        byte[] start = whole[..1], one = whole[1..(1 + Chunk)], two = whole[(1 + Chunk)..(1 + 2 * Chunk)], last = whole[(1 + 2 * Chunk)..];
        Assert.Equal(Content, await OpenAsync([.. start, .. one, .. two, .. last], Content.Length));

        byte[][] orders =
        [
            [.. start, .. two, .. one, .. last],
            [.. start, .. one, .. last],
            [.. start, .. two, .. last],
            [.. start, .. one, .. one, .. last],
            [.. start, .. one, .. two, .. two, .. last],
            [.. start, .. one, .. two, .. last, .. last],
            [.. start, .. one, .. two],
            [.. start, .. last, .. one, .. two],
            [.. start, .. last],
            start,
        ];
        foreach (var order in orders)
        {
            await AssertRefusedAsync(order, Content.Length);
            await AssertRefusedAsync(order, SealedLengthToPlain(order.Length));
        }
    }

    [Fact]
    public async Task A_content_that_was_changed_anywhere_is_refused_before_its_first_byte()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var content = Files.Pdf(3_000_000);
        await person.PutDocumentAsync("CV.pdf", content);
        var blob = app.Container("documents").GetBlobClient(Assert.Single(await BlobNames.OfAsync(app)));
        var stored = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
        int[] places = [0, 1, 1000, stored.Length / 2, stored.Length - 1];

        foreach (var at in places)
        {
            var changed = stored.ToArray();
            changed[at] ^= 0x80;
            await blob.UploadAsync(new BinaryData(changed), overwrite: true, TestContext.Current.CancellationToken);

            (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        }
        await blob.UploadAsync(new BinaryData(stored[..^1]), overwrite: true, TestContext.Current.CancellationToken);
        (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        await blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        (await person.GetDocumentAsync("CV.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        await blob.UploadAsync(new BinaryData(stored), overwrite: true, TestContext.Current.CancellationToken);
        Assert.Equal(content, (await person.GetDocumentAsync("CV.pdf")).Bytes);
    }

    [Fact]
    public async Task Contents_that_were_exchanged_between_documents_or_accounts_are_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var one = await Journey.ActivatedAsync(app);
        using var other = await Journey.ActivatedAsync(app);
        await one.PutDocumentAsync("a.pdf", Files.Pdf(seed: 1));
        await one.PutDocumentAsync("b.pdf", Files.Pdf(seed: 2));
        await other.PutDocumentAsync("a.pdf", Files.Pdf(seed: 3));
        var names = await BlobNames.OfAsync(app);
        var contents = await Task.WhenAll(names.Select(async name => (await app.Container("documents").GetBlobClient(name).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content));

        foreach (var (index, name) in names.Index())
        {
            await app.Container("documents").GetBlobClient(name).UploadAsync(contents[(index + 1) % names.Count], overwrite: true, TestContext.Current.CancellationToken);
        }

        (await one.GetDocumentAsync("a.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        (await one.GetDocumentAsync("b.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        (await other.GetDocumentAsync("a.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
    }

    public static TheoryData<string> Columns => ["BlobId", "Size", "ModifiedAt", "SealedName", "Crc32"];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_row_of_which_one_column_was_exchanged_with_anothers_is_refused(string column)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("a.pdf", Files.Pdf(1000));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await person.PutDocumentAsync("b.pdf", Files.Pdf(2000));
        var rows = await RowsAsync(app);
        (rows[0][column], rows[1][column]) = (rows[1][column], rows[0][column]);

        foreach (var row in rows)
        {
            await app.Table("vouchers").UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }

        (await person.GetDocumentAsync("a.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        (await person.GetDocumentAsync("b.pdf")).MustBe(HttpStatusCode.InternalServerError, "document-damaged");
        var list = (await person.DocumentsAsync()).MustBe(HttpStatusCode.OK).Json;
        Assert.Empty(list["documents"]!.AsArray());
        Assert.Equal(2, list["damaged"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_ZIP_with_a_long_content_that_was_changed_breaks_off_and_is_no_ZIP()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.PutDocumentAsync("old.pdf", Files.Pdf(2_000_000));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await person.PutDocumentAsync("new.pdf", Files.Pdf(300_000));
        var voucher = (await Stored.ReadAsync(app, person)).Voucher;
        var documents = await app.Services.GetRequiredService<VoucherTable>().FindDocumentsAsync(voucher.Id, TestContext.Current.CancellationToken);
        var oldest = documents.MinBy(document => document.ModifiedAt)!;
        var blob = app.Container("documents").GetBlobClient($"{voucher.Registration!.AccountId}/{oldest.BlobId}");
        var stored = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
        stored[^1] ^= 1;
        await blob.UploadAsync(new BinaryData(stored), overwrite: true, TestContext.Current.CancellationToken);

        using var response = await person.Client.GetAsync("/api/documents.zip", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var received = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(() => Zips.ReadAsync(received.ToArray()));
    }

    private static byte[] Seal(byte[] plain)
    {
        using var chunks = new SealedChunks(Key);
        var box = new byte[SealedChunks.LengthOf(plain.Length)];
        box[0] = SealedChunks.Format;
        var (from, to) = (0, 1);
        do
        {
            var size = Math.Min(plain.Length - from, SealedChunks.PlainBytes);
            chunks.Seal(plain.AsSpan(from, size), isLast: from + size == plain.Length, box.AsSpan(to));
            from += size;
            to += size + SealedChunks.TagBytes;
        }
        while (from < plain.Length);
        return box;
    }

    private static async Task<byte[]> OpenAsync(byte[] sealedContent, long length)
    {
        var opened = new MemoryStream();
        await SealedReader.OpenAsync(new MemoryStream(sealedContent), Key, length, opened, TestContext.Current.CancellationToken);
        return opened.ToArray();
    }

    /// <summary>How many bytes were handed out before it was noticed.</summary>
    private static async Task<long> AssertRefusedAsync(byte[] sealedContent, long length)
    {
        var opened = new MemoryStream();
        await Assert.ThrowsAnyAsync<CryptographicException>(() =>
            SealedReader.OpenAsync(new MemoryStream(sealedContent), Key, length, opened, TestContext.Current.CancellationToken));
        return opened.Length;
    }

    private static long SealedLengthToPlain(int length) => Math.Max(0, length - 1 - SealedChunks.TagBytes * ((length - 2) / Chunk + 1));

    private static async Task<List<TableEntity>> RowsAsync(TestApp app)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in app.Table("vouchers").QueryAsync<TableEntity>("RowKey ge 'document-' and RowKey lt 'document-~'", cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }
        return rows;
    }
}
