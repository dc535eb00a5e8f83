namespace VoucherFunctions.Domain.Documents;

/// <summary>Looks for the names in a container while it comes in, without holding it: a window over each place where a name may stand.</summary>
internal abstract class ContainerScan
{
    protected const int Window = 128;
    private const int FullAt = 64 * Window;

    /// <summary>One window longer, so that one at the very end is whole.</summary>
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

    /// <param name="starts">Before this index a name may begin; its window is whole.</param>
    protected abstract void Look(ReadOnlySpan<byte> held, int starts);

    protected abstract Result<DocumentType> Recognise();
}
