namespace VoucherFunctions.Printing;

/// <summary>What a library writes in one go and knows by its position in the whole: taken away piece by piece, so that the whole is never held.</summary>
internal sealed class PieceStream : Stream
{
    private readonly MemoryStream _piece = new();
    private long _taken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _taken + _piece.Length;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>What was written since the last piece.</summary>
    public ReadOnlyMemory<byte> Piece => _piece.GetBuffer().AsMemory(0, (int)_piece.Length);

    public void Take()
    {
        _taken += _piece.Length;
        _piece.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _piece.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _piece.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _piece.Dispose();
        }
        base.Dispose(disposing);
    }
}
