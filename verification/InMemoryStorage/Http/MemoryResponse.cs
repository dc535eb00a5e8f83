using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace VoucherFunctions.InMemoryStorage.Http;

/// <summary>A whole answer in memory.</summary>
public sealed class MemoryResponse(int status, byte[]? body = null) : Response
{
    private readonly List<HttpHeader> _headers = new(4);

    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; } = body is null ? null : new MemoryStream(body, writable: false);

    public override string ClientRequestId { get; set; } = "memory";

    public MemoryResponse With(string name, string? value)
    {
        if (value is not null)
        {
            _headers.Add(new HttpHeader(name, value));
        }
        return this;
    }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers;

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        var index = _headers.FindIndex(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? null : _headers[index].Value;
        return index >= 0;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
