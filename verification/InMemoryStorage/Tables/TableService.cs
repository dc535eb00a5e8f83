using System.Buffers;
using System.Text;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>The table service at its HTTP border: commands in, the answers of the real service out.</summary>
public sealed class TableService(TableSpace tables)
{
    private const string Json = "application/json;odata=minimalmetadata";

    /// <summary>The service may answer a query with an empty page and a token to go on with; this makes it do so every time.</summary>
    public bool BeginsWithEmptyPages { get; set; }

    public MemoryResponse Answer(MemoryRequest request) => TableRequest.Parse(request) is { } command ? Answer(command) : TableError.NotImplemented.ToResponse();

    public MemoryResponse Answer(TableCommand command) => command switch
    {
        GetRow get => Get(get),
        QueryRows query => Query(query),
        RowChange change => Change(change),
        Batch batch => Commit(batch),
        CreateTable create => tables.TryCreate(create.Table)
            ? new MemoryResponse(201, Encoding.UTF8.GetBytes($"{{\"TableName\":\"{create.Table}\"}}")).With("Content-Type", Json)
            : TableError.TableExists.ToResponse(),
        DropTable drop => tables.TryDrop(drop.Table) ? new MemoryResponse(204) : TableError.NotFound.ToResponse(),
        _ => TableError.NotImplemented.ToResponse(),
    };

    private MemoryResponse Get(GetRow get)
    {
        if (!tables.Has(get.Table))
        {
            return TableError.NoTable.ToResponse();
        }
        if (tables.Find(get.Table, get.Partition, get.Row) is not { } row)
        {
            return TableError.NotFound.ToResponse();
        }
        var buffer = new ArrayBufferWriter<byte>(row.Properties.Length + 256);
        buffer.Write("{\"odata.metadata\":\"memory\","u8);
        Write(buffer, row);
        return new MemoryResponse(200, buffer.WrittenSpan.ToArray()).With("Content-Type", Json).With("ETag", row.ETag);
    }

    private MemoryResponse Query(QueryRows query)
    {
        if (!tables.Has(query.Table))
        {
            return TableError.NoTable.ToResponse();
        }
        var (rows, next) = BeginsWithEmptyPages && query.From is null ? ([], query.Filter.Start) : tables.Page(query);
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write("{\"odata.metadata\":\"memory\",\"value\":["u8);
        foreach (var (index, row) in rows.Index())
        {
            buffer.Write(index == 0 ? "{"u8 : ",{"u8);
            Write(buffer, row);
        }
        buffer.Write("]}"u8);
        return new MemoryResponse(200, buffer.WrittenSpan.ToArray())
            .With("Content-Type", Json)
            .With("x-ms-continuation-NextPartitionKey", next is null ? null : TableRequest.ToToken(next.Partition))
            .With("x-ms-continuation-NextRowKey", next is null ? null : TableRequest.ToToken(next.Row));
    }

    private MemoryResponse Change(RowChange change) => tables.TryApply(change, out var written) is { } error
        ? error.ToResponse()
        : new MemoryResponse(204).With("ETag", written?.ETag);

    private MemoryResponse Commit(Batch batch)
    {
        var answers = tables.TryApply(batch, out var written) is { } error
            ? [(error.Status, "Content-Type: application/json;odata=minimalmetadata;charset=utf-8\r\n", error.ToJson())]
            : written.Select(row => (204, row is null ? "" : $"ETag: {row.ETag}\r\n", Array.Empty<byte>()));
        return new MemoryResponse(202, BatchBody.Write(answers)).With("Content-Type", "multipart/mixed; boundary=batchresponse_m");
    }

    private static void Write(ArrayBufferWriter<byte> buffer, TableRow row)
    {
        var start = $"\"odata.etag\":\"{row.ETag.Replace("\"", "\\\"", StringComparison.Ordinal)}\",\"PartitionKey\":\"{Escape(row.Partition)}\",\"RowKey\":\"{Escape(row.Row)}\",\"Timestamp\":\"{row.Timestamp}\"";
        buffer.Write(Encoding.UTF8.GetBytes(start));
        if (row.Properties.Length > 0)
        {
            buffer.Write(","u8);
            buffer.Write(row.Properties.Span);
        }
        buffer.Write("}"u8);
    }

    private static string Escape(string text) => System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(text);
}
