using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using VoucherFunctions.InMemoryStorage.Http;

namespace VoucherFunctions.InMemoryStorage.Blobs;

/// <summary>A blob, or the parts of one that is not finished: <see cref="Content"/> is null then.</summary>
public sealed record StoredBlob(byte[]? Content, ImmutableSortedDictionary<string, byte[]> Blocks, long Version)
{
    private static readonly ImmutableSortedDictionary<string, byte[]> None = ImmutableSortedDictionary<string, byte[]>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The parts that it was made of: they can be named again.</summary>
    public ImmutableSortedDictionary<string, byte[]> Finished { get; init; } = None;

    public string ETag => $"\"0x{Version:X}\"";
}

/// <summary>
/// Block blobs at their HTTP border, as far as the app uses them: put, put block, put block list, get or a part of it, delete, list. Containers are there when they are named.
/// </summary>
public sealed class BlobSpace
{
    private static readonly ImmutableSortedDictionary<string, byte[]> NoBlocks = ImmutableSortedDictionary<string, byte[]>.Empty.WithComparers(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, StoredBlob> _blobs = ImmutableSortedDictionary<string, StoredBlob>.Empty.WithComparers(StringComparer.Ordinal);
    private long _lastVersion;

    /// <summary>Everything by <c>container/name</c>.</summary>
    public ImmutableSortedDictionary<string, StoredBlob> Blobs => _blobs;

    public void Load(ImmutableSortedDictionary<string, StoredBlob> blobs) => _blobs = blobs;

    public static string NameIn(MemoryRequest request) => Uri.UnescapeDataString(request.Path.TrimStart('/'));

    public static bool IsList(MemoryRequest request) => request.Uri.Query.Contains("comp=list&", StringComparison.Ordinal) || request.Uri.Query.EndsWith("comp=list", StringComparison.Ordinal);

    public static string PrefixIn(MemoryRequest request) => Query(request).GetValueOrDefault("prefix", "");

    public MemoryResponse Answer(MemoryRequest request)
    {
        var (name, query) = (NameIn(request), Query(request));
        return (request.Method.Method, query.GetValueOrDefault("comp")) switch
        {
            // Containers are there when they are named, and gone with what is in them.
            ("PUT", null) when query.ContainsKey("restype") => Described(new MemoryResponse(201), "\"0x0\""),
            ("DELETE", null) when query.ContainsKey("restype") => Drop(name),
            ("GET", "list") => List(name, query),
            ("GET" or "HEAD", _) => Get(name, request),
            ("PUT", "block") => PutBlock(name, query["blockid"], request.ReadBody()),
            ("PUT", "blocklist") => Commit(name, request.ReadBody()),
            ("PUT", _) => Put(name, request.ReadBody(), request.Header("If-None-Match") == "*"),
            ("DELETE", _) => Delete(name),
            _ => new MemoryResponse(501),
        };
    }

    private MemoryResponse Put(string name, byte[] content, bool onlyNew)
    {
        if (onlyNew && _blobs.GetValueOrDefault(name) is { Content: not null })
        {
            return Error(409, "BlobAlreadyExists");
        }
        _blobs = _blobs.SetItem(name, new StoredBlob(content, NoBlocks, ++_lastVersion));
        return Written(201, name);
    }

    private MemoryResponse PutBlock(string name, string block, byte[] content)
    {
        var blob = _blobs.GetValueOrDefault(name) ?? new StoredBlob(null, NoBlocks, ++_lastVersion);
        _blobs = _blobs.SetItem(name, blob with { Blocks = blob.Blocks.SetItem(block, content) });
        return new MemoryResponse(201);
    }

    private MemoryResponse Commit(string name, byte[] list)
    {
        var blob = _blobs.GetValueOrDefault(name);
        // What is not sent anew may be a part of the blob as it is.
        var blocks = XDocument.Load(new MemoryStream(list)).Root!.Elements()
            .Select(element => (Name: element.Value, Bytes: blob?.Blocks.GetValueOrDefault(element.Value) ?? blob?.Finished.GetValueOrDefault(element.Value))).ToList();
        if (blocks.Exists(block => block.Bytes is null))
        {
            return Error(400, "InvalidBlockList");
        }
        _blobs = _blobs.SetItem(name, new StoredBlob([.. blocks.SelectMany(block => block.Bytes!)], NoBlocks, ++_lastVersion)
        {
            Finished = NoBlocks.AddRange(blocks.DistinctBy(block => block.Name).Select(block => KeyValuePair.Create(block.Name, block.Bytes!))),
        });
        return Written(201, name);
    }

    private MemoryResponse Get(string name, MemoryRequest request)
    {
        if (_blobs.GetValueOrDefault(name) is not { Content: { } content } blob)
        {
            return Error(404, "BlobNotFound");
        }
        if (request.Header("If-Match") is { } wanted && wanted != "*" && wanted != blob.ETag)
        {
            return Error(412, "ConditionNotMet");
        }
        if (request.Header("If-None-Match") == blob.ETag)
        {
            return Error(304, "ConditionNotMet");
        }
        if (request.Header("x-ms-range") is not { } range)
        {
            return Content(200, content, blob, request);
        }
        var bounds = range["bytes=".Length..].Split('-');
        var first = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        var end = bounds[1].Length == 0 ? content.Length : (int)Math.Min(content.Length, long.Parse(bounds[1], CultureInfo.InvariantCulture) + 1);
        return first >= content.Length
            ? Error(416, "InvalidRange")
            : Content(206, content[first..end], blob, request).With("Content-Range", $"bytes {first}-{end - 1}/{content.Length}");
    }

    private static MemoryResponse Content(int status, byte[] content, StoredBlob blob, MemoryRequest request) =>
        Described(new MemoryResponse(status, request.Method == RequestMethod.Head ? null : content), blob.ETag)
            .With("Content-Length", $"{content.Length}")
            .With("Content-Type", "application/octet-stream")
            .With("x-ms-blob-type", "BlockBlob");

    private MemoryResponse Drop(string container)
    {
        _blobs = _blobs.RemoveRange(_blobs.Keys.Where(name => name.StartsWith($"{container}/", StringComparison.Ordinal)));
        return new MemoryResponse(202);
    }

    private MemoryResponse Delete(string name)
    {
        if (_blobs.GetValueOrDefault(name) is not { Content: not null })
        {
            return Error(404, "BlobNotFound");
        }
        _blobs = _blobs.Remove(name);
        return new MemoryResponse(202);
    }

    private MemoryResponse List(string container, Dictionary<string, string> query)
    {
        var prefix = $"{container}/{query.GetValueOrDefault("prefix", "")}";
        var withUnfinished = query.GetValueOrDefault("include", "").Contains("uncommittedblobs", StringComparison.OrdinalIgnoreCase);
        var blobs = _blobs
            .Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal) && (withUnfinished || blob.Value.Content is not null))
            .Select(blob => new XElement(
                "Blob",
                new XElement("Name", blob.Key[(container.Length + 1)..]),
                new XElement("Properties", new XElement("Etag", blob.Value.ETag), new XElement("Content-Length", blob.Value.Content?.Length ?? 0), new XElement("BlobType", "BlockBlob"))));
        var list = new XElement("EnumerationResults", new XElement("Blobs", blobs), new XElement("NextMarker"));
        return new MemoryResponse(200, Encoding.UTF8.GetBytes(list.ToString())).With("Content-Type", "application/xml");
    }

    private MemoryResponse Written(int status, string name) => Described(new MemoryResponse(status), _blobs[name].ETag);

    private static MemoryResponse Described(MemoryResponse response, string etag) => response
        .With("ETag", etag)
        .With("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT");

    private static MemoryResponse Error(int status, string code) => new MemoryResponse(
        status, Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>{code}</Message></Error>"))
        .With("x-ms-error-code", code)
        .With("Content-Type", "application/xml");

    private static Dictionary<string, string> Query(MemoryRequest request) => request.Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : ""));
}
