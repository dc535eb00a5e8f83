using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace VoucherFunctions.InMemoryStorage.Http;

/// <summary>A request as the pipeline fills it; nothing of it ever leaves the process.</summary>
public sealed class MemoryRequest : Request
{
    private readonly List<HttpHeader> _headers = new(12);

    public override string ClientRequestId { get; set; } = "memory";

    /// <summary>The path without the query, as on the wire.</summary>
    public string Path => Uri.Path;

    public string? Header(string name) => TryGetHeader(name, out var value) ? value : null;

    /// <summary>The body, or nothing.</summary>
    public byte[] ReadBody()
    {
        if (Content is null)
        {
            return [];
        }
        using var body = new MemoryStream();
        Content.WriteTo(body, CancellationToken.None);
        return body.ToArray();
    }

    public override void Dispose() => Content?.Dispose();

    protected override void AddHeader(string name, string value) => _headers.Add(new HttpHeader(name, value));

    protected override bool ContainsHeader(string name) => IndexOf(name) >= 0;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers;

    protected override bool RemoveHeader(string name) => _headers.RemoveAll(header => Is(header, name)) > 0;

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        var index = IndexOf(name);
        value = index < 0 ? null : _headers[index].Value;
        return index >= 0;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = _headers.Where(header => Is(header, name)).Select(header => header.Value).ToList();
        return values.Any();
    }

    private int IndexOf(string name) => _headers.FindIndex(header => Is(header, name));

    private static bool Is(HttpHeader header, string name) => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
