using System.IO.Hashing;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Documents;

namespace VoucherFunctions.Documents;

/// <summary>A content that is being uploaded; its length is known. Its first bytes are inspected before it is stored.</summary>
/// <param name="name">The name that the person gave it.</param>
public sealed class IncomingDocument(DocumentName name, Stream body, long length)
{
    private const int BeginningBytes = 4096;
    private readonly Crc32 _crc32 = new();
    private readonly ContentInspection _inspection = new(name.Type);
    private byte[] _beginning = [];
    private int _taken;

    public long Length => length;

    /// <summary>Of what was read until now.</summary>
    public uint Crc32 => _crc32.GetCurrentHashAsUInt32();

    /// <summary>The refusal, if the first bytes show that it is no document.</summary>
    public async Task<Refusal?> PeekAsync(CancellationToken cancellation)
    {
        _beginning = new byte[Math.Min(length, BeginningBytes)];
        await body.ReadExactlyAsync(_beginning, cancellation);
        return _inspection.Begin(_beginning);
    }

    /// <summary>Fills the whole buffer.</summary>
    public async Task ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var peeked = _beginning.AsMemory(_taken, Math.Min(buffer.Length, _beginning.Length - _taken));
        peeked.CopyTo(buffer);
        _taken += peeked.Length;
        await body.ReadExactlyAsync(buffer[peeked.Length..], cancellation);
        _crc32.Append(buffer.Span);
        _inspection.Append(buffer.Span);
    }

    /// <summary>After the last byte: the name with the type of the content, or the refusal.</summary>
    public Result<DocumentName> Recognise() => _inspection.End().IsRefused(out var refusal, out var type) ? refusal : name.Holding(type);
}
