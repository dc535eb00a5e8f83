namespace VoucherFunctions.Domain.Documents;

/// <summary>Finds the names in a container while the upload streams in. It holds a window of 128 bytes at each place where a name may stand.</summary>
internal abstract class ContainerScan
{
    protected const int Window = 128;
    private const int FullAt = 64 * Window;

    /// <summary>One window longer than what is scanned, so that a name at the very end has its whole window.</summary>
    private readonly byte[] _held = new byte[FullAt + Window];
    private int _filled;

    public void Append(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var taken = Math.Min(content.Length, FullAt - _filled);
            content[..taken].CopyTo(_held.AsSpan(_filled));
            content = content[taken..];
            _filled += taken;
            if (_filled == FullAt)
            {
                Look(_held, FullAt - Window);
                _held.AsSpan(FullAt - Window, Window).CopyTo(_held);
                _filled = Window;
            }
        }
    }

    public Result<DocumentType> End()
    {
        _held.AsSpan(_filled).Clear();
        Look(_held, _filled);
        return Recognise();
    }

    /// <param name="starts">A name begins before this index. Its window lies within <paramref name="held"/>.</param>
    protected abstract void Look(ReadOnlySpan<byte> held, int starts);

    protected abstract Result<DocumentType> Recognise();
}
