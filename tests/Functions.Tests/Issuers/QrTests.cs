using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>What is printed is read back: the page by Poppler, the QR code by ZXing.</summary>
public sealed partial class QrTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qr-tests-").FullName;

    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("it")]
    [InlineData("en")]
    public async Task A_printed_QR_code_opens_the_registration_with_the_code_filled_in(string language)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var json = await office.IssueAsync(new { count = 1, language }, idempotencyKey: "once");
        var pdf = await office.IssueAsync(new { count = 1, language }, "application/pdf", idempotencyKey: "once");
        var file = Path.Combine(_folder, "sheet.pdf");
        await File.WriteAllBytesAsync(file, pdf.Bytes, TestContext.Current.CancellationToken);

        await RunAsync("pdftoppm", "-r", "96", "-png", "-singlefile", file, Path.Combine(_folder, "sheet"));

        var url = json.Json["vouchers"]![0]!["registrationUrl"]!.GetValue<string>();
        Assert.Equal($"http://localhost:4280/?lang={language}#code={json.Json["vouchers"]![0]!["code"]}", url);
        Assert.Equal(url, await ReadQrAsync(Path.Combine(_folder, "sheet.png")));
    }

    [Fact]
    public async Task A_QR_code_as_SVG_opens_the_registration_with_the_code_filled_in()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await office.IssueAsync(new { count = 1 }, query: "?include=qr");

        var voucher = answer.Json["vouchers"]![0]!;
        var picture = Path.Combine(_folder, "qr.pgm");
        await File.WriteAllBytesAsync(picture, Rasterise(voucher["qr"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        Assert.Equal(voucher["registrationUrl"]!.GetValue<string>(), await ReadQrAsync(picture));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The dark runs of the path as a PGM picture, four pixels a module.</summary>
    private static byte[] Rasterise(string svg)
    {
        const int Scale = 4;
        var side = int.Parse(ViewBox().Match(svg).Groups[1].Value, CultureInfo.InvariantCulture) * Scale;
        var pixels = new byte[side * side];
        Array.Fill(pixels, byte.MaxValue);
        foreach (Match run in Run().Matches(svg))
        {
            var (x, y, width) = (Number(run, 1) * Scale, Number(run, 2) * Scale, Number(run, 3) * Scale);
            for (var row = y; row < y + Scale; row++)
            {
                Array.Clear(pixels, row * side + x, width);
            }
        }
        return [.. System.Text.Encoding.ASCII.GetBytes($"P5\n{side} {side}\n255\n"), .. pixels];
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Task<string> ReadQrAsync(string picture) =>
        RunAsync("node", Path.Combine(Repository.Root, "tests", "Functions.Tests", "Issuers", "read-qr.mjs"), picture);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    [GeneratedRegex("viewBox=\"0 0 ([0-9]+) ")]
    private static partial Regex ViewBox();

    [GeneratedRegex("M([0-9]+) ([0-9]+)h([0-9]+)v1h-[0-9]+z")]
    private static partial Regex Run();
}
