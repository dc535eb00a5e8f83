using System.Text;
using QRCoder;

namespace SiteTests.Browser;

/// <summary>A film of a QR code held in front of a camera, as Chromium's fake camera plays it (YUV4MPEG2), or a photo of it.</summary>
public sealed class QrFilm : IDisposable
{
    private const int Width = 640;
    private const int Height = 480;
    private const int Frames = 3;
    private const byte White = 225;
    private const byte Black = 30;

    public QrFilm(string text)
    {
        Path = System.IO.Path.ChangeExtension(System.IO.Path.GetTempFileName(), ".y4m");
        using var file = File.Create(Path);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\n"));
        var light = Picture(text);
        var colour = new byte[Width * Height / 2];
        Array.Fill(colour, (byte)128);
        for (var frame = 0; frame < Frames; frame++)
        {
            file.Write("FRAME\n"u8);
            file.Write(light);
            file.Write(colour);
        }
    }

    public string Path { get; }

    /// <summary>The same as a photo, for "choose a picture".</summary>
    public static byte[] Photo(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(8);
    }

    public void Dispose() => File.Delete(Path);

    private static byte[] Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var scale = 360 / modules.Count;
        var left = (Width - (modules.Count * scale)) / 2;
        var top = (Height - (modules.Count * scale)) / 2;
        var light = new byte[Width * Height];
        Array.Fill(light, White);
        for (var y = 0; y < modules.Count * scale; y++)
        {
            for (var x = 0; x < modules.Count * scale; x++)
            {
                light[((top + y) * Width) + left + x] = modules[y / scale][x / scale] ? Black : White;
            }
        }
        return light;
    }
}
