using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace VoucherFunctions.Benchmarks;

/// <summary>A connection over which requests go as bytes made beforehand, so that what is allocated while they are answered is the server's.</summary>
internal sealed class BareConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();
    private static readonly byte[] LengthHeader = "Content-Length: "u8.ToArray();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    public BareConnection(Uri address) => _socket.Connect(address.Host, address.Port);

    public static byte[] Request(string method, string path, string? json, params (string Name, string Value)[] headers)
    {
        var body = Encoding.UTF8.GetBytes(json ?? "");
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        if (json is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        }
        return [.. Encoding.ASCII.GetBytes(text.Append("\r\n").ToString()), .. body];
    }

    /// <summary>Sends it and waits for the whole answer, which must be a success.</summary>
    public void Send(byte[] request)
    {
        _socket.Send(request);
        var length = 0;
        do
        {
            length += _socket.Receive(_answer.AsSpan(length));
        }
        while (!IsWhole(_answer.AsSpan(0, length)));
        if (_answer["HTTP/1.1 ".Length] != (byte)'2')
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_answer, 0, length));
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(EndOfHead);
        if (head < 0)
        {
            return false;
        }
        var length = answer[..head].IndexOf(LengthHeader);
        return length < 0
            ? answer[(head + 2)..].EndsWith(LastChunk)
            : answer.Length >= head + EndOfHead.Length + Number(answer[(length + LengthHeader.Length)..head]);
    }

    private static int Number(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? text : text[..end], CultureInfo.InvariantCulture);
    }
}
