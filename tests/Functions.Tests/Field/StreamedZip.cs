using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>A strict reader that unpacks a ZIP while it arrives, as Java and busybox do: it looks at nothing but the header before each content.</summary>
internal static class StreamedZip
{
    private const int EntryBytes = 30;

    public static Dictionary<string, byte[]> Read(ReadOnlySpan<byte> zip)
    {
        var entries = new Dictionary<string, byte[]>();
        while (zip.StartsWith("PK\u0003\u0004"u8))
        {
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(zip[6..]);
            var (method, crc32) = (BinaryPrimitives.ReadUInt16LittleEndian(zip[8..]), BinaryPrimitives.ReadUInt32LittleEndian(zip[14..]));
            var (packed, length) = (BinaryPrimitives.ReadInt32LittleEndian(zip[18..]), BinaryPrimitives.ReadInt32LittleEndian(zip[22..]));
            var name = zip.Slice(EntryBytes, BinaryPrimitives.ReadUInt16LittleEndian(zip[26..]));
            var content = zip.Slice(EntryBytes + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(zip[28..]), packed);
            Assert.True((flags & 0x0008) == 0, "The length comes after the content.");
            Assert.True((flags & 0x0800) != 0, "Old programs read the name in another character set.");
            Assert.Equal((0, length), (method, packed));
            Assert.Equal(crc32, Crc32.HashToUInt32(content));
            entries.Add(Encoding.UTF8.GetString(name), content.ToArray());
            zip = zip[(EntryBytes + name.Length + packed)..];
        }
        Assert.True(zip.StartsWith("PK\u0001\u0002"u8) || zip.StartsWith("PK\u0005\u0006"u8), "After the last content comes no directory.");
        return entries;
    }
}
