using System.Buffers.Binary;
using System.Text;

namespace VoucherFunctions.Testing;

/// <summary>A message of protocol buffers without its schema: fields by number (https://protobuf.dev/programming-guides/encoding/).</summary>
public sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref bytes), null));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), null));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _fields.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes), null));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException("Not a message of protocol buffers.");
            }
        }
    }

    /// <summary>The messages in a field, and in a field of theirs, and so on.</summary>
    public IEnumerable<ProtobufMessage> Messages(params IEnumerable<int> path) =>
        path.Aggregate((IEnumerable<ProtobufMessage>)[this], (messages, field) => messages.SelectMany(message => message.Of(field)));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Number(int field) => _fields.LastOrDefault(each => each.Field == field).Number;

    private byte[] Bytes(int field) => _fields.LastOrDefault(each => each.Field == field).Bytes ?? [];

    private IEnumerable<ProtobufMessage> Of(int field) => _fields.Where(each => each.Field == field).Select(each => new ProtobufMessage(each.Bytes ?? []));

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 127) << shift;
            shift += 7;
            if (next < 128)
            {
                return value;
            }
        }
    }
}
