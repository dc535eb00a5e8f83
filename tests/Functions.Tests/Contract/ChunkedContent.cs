using System.Net;

namespace VoucherFunctions.Tests.Contract;

/// <summary>Spaces sent in chunks: the server learns how many only by counting.</summary>
internal sealed class ChunkedContent : HttpContent
{
    private readonly int _bytes;

    public ChunkedContent(int bytes)
    {
        _bytes = bytes;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var spaces = new byte[8192];
        spaces.AsSpan().Fill((byte)' ');
        for (var sent = 0; sent < _bytes; sent += spaces.Length)
        {
            await stream.WriteAsync(spaces);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
