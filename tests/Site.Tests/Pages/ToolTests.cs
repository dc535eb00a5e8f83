using System.Diagnostics;
using System.Security.Cryptography;

namespace SiteTests.Pages;

/// <summary>The checks that are programs of their own. They need `npm ci` in this folder once.</summary>
public sealed class ToolTests
{
    private static readonly string Here = Path.Combine(Repository.Root, "tests", "Site.Tests");

    [Fact]
    public async Task Pages_are_in_step_with_the_header_the_french_texts_and_the_modules() => await RunAsync("tools/pages.mjs");

    [Fact]
    public async Task The_types_of_all_modules_agree() => await RunAsync("node_modules/typescript/bin/tsc", "--project", "tsconfig.json");

    [Theory]
    [InlineData("es/reader/index.js")]
    [InlineData("es/share.js")]
    [InlineData("reader/zxing_reader.wasm")]
    public void The_qr_reader_is_the_package_s_own(string file) => Assert.Equal(
        Hash(Path.Combine(Here, "node_modules", "zxing-wasm", "dist", file)),
        Hash(Path.Combine(Repository.Site, "vendor", "zxing-wasm", file)));

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Here,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said + await errors);
    }
}
