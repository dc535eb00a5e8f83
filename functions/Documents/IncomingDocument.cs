using System.IO.Hashing;

namespace VoucherFunctions.Documents;

/// <summary>A content on its way in, of a length that is known beforehand. Its beginning can be looked at before it is read.</summary>
public sealed class IncomingDocument(Stream body, long length)
{
    private const int BeginningBytes = 4096;
    private readonly Crc32 _crc32 = new();
    private byte[] _beginning = [];
    private int _taken;

    public long Length => length;

    /// <summary>Of what was read until now.</summary>
    public uint Crc32 => _crc32.GetCurrentHashAsUInt32();

    public async Task<ReadOnlyMemory<byte>> PeekAsync(CancellationToken cancellation)
    {
        _beginning = new byte[Math.Min(length, BeginningBytes)];
        await body.ReadExactlyAsync(_beginning, cancellation);
        return _beginning;
    }

    /// <summary>Fills the whole buffer.</summary>
    public async Task ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var peeked = _beginning.AsMemory(_taken, Math.Min(buffer.Length, _beginning.Length - _taken));
        peeked.CopyTo(buffer);
        _taken += peeked.Length;
        await body.ReadExactlyAsync(buffer[peeked.Length..], cancellation);
        _crc32.Append(buffer.Span);
    }
}
