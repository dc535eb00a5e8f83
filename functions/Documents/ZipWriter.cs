using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace VoucherFunctions.Documents;

/// <summary>
/// A ZIP (APPNOTE 6.3.10) that is made while it is sent. Each entry says its length and its checksum before its content, so that programs can unpack it while it arrives:
/// Java and busybox refuse a stored entry that says them afterwards, which is the only way that <see cref="System.IO.Compression.ZipArchive"/> knows.
/// Contents are stored as they are: most documents are compressed already. Up to 4 GB and 65,535 entries; an account has far less.
/// </summary>
public sealed class ZipWriter(Stream target)
{
    private const int Entry = 0x04034b50;
    private const int DirectoryEntry = 0x02014b50;
    private const int DirectoryEnd = 0x06054b50;
    private const ushort Version = 20;
    private const ushort MadeOnUnix = 3 << 8;
    private const ushort NamesAreUtf8 = 1 << 11;

    /// <summary>A plain file that its owner may change and everybody may read.</summary>
    private const uint Permissions = 0b1_000_000_110_100_100u << 16;
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ArrayBufferWriter<byte> _directory = new();
    private long _written;
    private ushort _entries;

    /// <param name="write">Writes exactly the content of this length and CRC-32.</param>
    public async Task AddAsync(
        string name, DateTimeOffset modifiedAt, long length, uint crc32, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var (start, about, bytes) = (_written, About(modifiedAt, checked((uint)length), crc32, name), Encoding.UTF8.GetBytes(name));
        var header = new byte[4 + about.Length + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(header, Entry);
        about.CopyTo(header, 4);
        bytes.CopyTo(header, 4 + about.Length);
        await target.WriteAsync(header, cancellation);
        await write(target, cancellation);
        _written += header.Length + length;
        AddToDirectory(about, bytes, checked((uint)start));
    }

    public Task AddAsync(string name, DateTimeOffset modifiedAt, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        AddAsync(name, modifiedAt, content.Length, Crc32.HashToUInt32(content.Span), (stream, stop) => stream.WriteAsync(content, stop).AsTask(), cancellation);

    /// <summary>The directory: without it no program takes the file for whole, so it is written only when everything went well.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await target.WriteAsync(_directory.WrittenMemory, cancellation);
        var end = new byte[22];
        BinaryPrimitives.WriteInt32LittleEndian(end, DirectoryEnd);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), _entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), _entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)_directory.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), checked((uint)_written));
        await target.WriteAsync(end, cancellation);
    }

    /// <summary>What stands of an entry both before its content and in the directory; no extra fields.</summary>
    private static byte[] About(DateTimeOffset modifiedAt, uint length, uint crc32, string name)
    {
        var at = (modifiedAt < Earliest ? Earliest : modifiedAt).UtcDateTime;
        var about = new byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(about, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(about.AsSpan(2), NamesAreUtf8);
        BinaryPrimitives.WriteUInt16LittleEndian(about.AsSpan(6), (ushort)(at.Hour << 11 | at.Minute << 5 | at.Second / 2));
        BinaryPrimitives.WriteUInt16LittleEndian(about.AsSpan(8), (ushort)(at.Year - 1980 << 9 | at.Month << 5 | at.Day));
        BinaryPrimitives.WriteUInt32LittleEndian(about.AsSpan(10), crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(about.AsSpan(14), length);
        BinaryPrimitives.WriteUInt32LittleEndian(about.AsSpan(18), length);
        BinaryPrimitives.WriteUInt16LittleEndian(about.AsSpan(22), checked((ushort)Encoding.UTF8.GetByteCount(name)));
        return about;
    }

    private void AddToDirectory(byte[] about, byte[] name, uint start)
    {
        Span<byte> fixedPart = stackalloc byte[46];
        fixedPart.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart, DirectoryEntry);
        BinaryPrimitives.WriteUInt16LittleEndian(fixedPart[4..], MadeOnUnix | Version);
        about.CopyTo(fixedPart[6..]);
        BinaryPrimitives.WriteUInt32LittleEndian(fixedPart[38..], Permissions);
        BinaryPrimitives.WriteUInt32LittleEndian(fixedPart[42..], start);
        _directory.Write(fixedPart);
        _directory.Write(name);
        _entries = checked((ushort)(_entries + 1));
    }
}
