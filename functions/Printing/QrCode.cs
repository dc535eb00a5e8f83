using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace VoucherFunctions.Printing;

/// <summary>A QR code with its quiet zone of four modules, as dark runs in a square.</summary>
public sealed class QrCode
{
    private readonly List<BitArray> _modules;

    private QrCode(List<BitArray> modules) => _modules = modules;

    /// <summary>The side in modules, quiet zone included.</summary>
    public int Size => _modules.Count;

    /// <summary>With error correction M: 15 % of it may be dirty or folded.</summary>
    public static QrCode Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new QrCode(code.ModuleMatrix);
    }

    /// <summary>Dark modules, side by side in a row, as one run each.</summary>
    public IEnumerable<(int X, int Y, int Width)> Runs()
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var start = x;
                while (x < Size && _modules[y][x])
                {
                    x++;
                }
                if (x > start)
                {
                    yield return (start, y, x - start);
                }
            }
        }
    }

    /// <summary>A picture that scales; it names nothing from outside.</summary>
    /// <param name="label">What a screen reader says instead, as it stands in an attribute.</param>
    public string ToSvg(string? label = null)
    {
        var path = new StringBuilder();
        foreach (var (x, y, width) in Runs())
        {
            path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v1h-{width}z");
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Size} {Size}\"{(label is null ? "" : $" role=\"img\" aria-label=\"{label}\"")} shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{Size}v{Size}H0z\"/><path d=\"{path}\"/></svg>");
    }
}
