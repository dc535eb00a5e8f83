using System.Text;
using Azure.Core;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>Reads HTTP requests as commands (https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api).</summary>
public static class TableRequest
{
    private const int MostRows = 1000;

    /// <summary>Null for what this service does not know.</summary>
    public static TableCommand? Parse(MemoryRequest request)
    {
        var path = request.Path.TrimStart('/');
        if (path == "$batch")
        {
            var body = request.ReadBody();
            var changes = BatchBody.Read(body).Select(Parse).ToList();
            return changes.Contains(null) ? null : new Batch(changes!, body.Length);
        }
        if (path == "Tables" && request.Method == RequestMethod.Post)
        {
            return new CreateTable(System.Text.Json.JsonDocument.Parse(request.ReadBody()).RootElement.GetProperty("TableName").GetString()!);
        }
        if (path.StartsWith("Tables('", StringComparison.Ordinal) && request.Method == RequestMethod.Delete)
        {
            return new DropTable(path[8..^2]);
        }
        return request.Method == RequestMethod.Get
            ? ParseRead(path, request.Uri.Query)
            : ParseChange(request.Method.Method, path, request.Header("If-Match"), request.ReadBody());
    }

    private static RowChange? Parse(BatchPart part)
    {
        var target = new Uri(part.Target);
        return ParseChange(part.Method, target.AbsolutePath.TrimStart('/'), part.Headers.GetValueOrDefault("If-Match"), part.Body);
    }

    private static TableCommand? ParseRead(string path, string query)
    {
        if (path.EndsWith("()", StringComparison.Ordinal))
        {
            var values = Query(query);
            var from = values.TryGetValue("NextPartitionKey", out var partition) ? (FromToken(partition), FromToken(values.GetValueOrDefault("NextRowKey", ""))) : ((string, string)?)null;
            var top = values.TryGetValue("$top", out var text) ? Math.Min(MostRows, int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)) : MostRows;
            return KeyFilter.TryParse(values.GetValueOrDefault("$filter", ""), out var filter) ? new QueryRows(path[..^2], filter, top, from) : null;
        }
        return Target(path) is { } target ? new GetRow(target.Table, target.Partition, target.Row) : null;
    }

    private static RowChange? ParseChange(string method, string path, string? ifMatch, byte[] body)
    {
        if (method == "POST")
        {
            var entity = EntityBody.Parse(body);
            return new InsertRow(path, entity.Partition ?? "", entity.Row ?? "", entity);
        }
        return Target(path) is not { } target
            ? null
            : (method, ifMatch) switch
            {
                ("PUT", _) => new ReplaceRow(target.Table, target.Partition, target.Row, EntityBody.Parse(body), ifMatch),
                ("DELETE", not null) => new DeleteRow(target.Table, target.Partition, target.Row, ifMatch),
                _ => null,
            };
    }

    public static string ToToken(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    private static string FromToken(string token) => Encoding.UTF8.GetString(Convert.FromBase64String(token));

    /// <summary>From <c>table(PartitionKey='p',RowKey='r')</c>.</summary>
    private static (string Table, string Partition, string Row)? Target(string path)
    {
        const string First = "(PartitionKey='";
        const string Second = "',RowKey='";
        var first = path.IndexOf(First, StringComparison.Ordinal);
        var second = path.IndexOf(Second, StringComparison.Ordinal);
        return first < 0 || second < 0 || !path.EndsWith("')", StringComparison.Ordinal)
            ? null
            : (path[..first], Key(path[(first + First.Length)..second]), Key(path[(second + Second.Length)..^2]));
    }

    private static string Key(string text) => Uri.UnescapeDataString(text).Replace("''", "'", StringComparison.Ordinal);

    private static Dictionary<string, string> Query(string query) => query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
}
