using System.Diagnostics;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Hosting;
using VoucherFunctions.Local.OpenApi;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class OpenApiTests(AzuriteFixture azurite)
{
    private static readonly string CheckedIn = Path.Combine(Repository.Root, "docs", "openapi.json");
    private static readonly string List = Path.Combine(Repository.Root, "docs", "functions.md");
    private static readonly string Page = Path.Combine(Repository.Root, "site", "reference", "index.html");

    [Fact]
    public async Task The_document_the_page_and_the_list_of_functions_are_what_the_code_says()
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Services = services => services.AddContractDocument());

        var generated = await ContractDocument.WriteAsync(app.Services, TestContext.Current.CancellationToken);
        var list = FunctionList.Of(generated, app.Services.GetServices<TimerFunction>(), XDocument.Load(Path.Combine(AppContext.BaseDirectory, "VoucherFunctions.xml")));

        if (Environment.GetEnvironmentVariable("WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(CheckedIn, generated, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Page, ReferencePage.Of(generated), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(List, list, TestContext.Current.CancellationToken);
        }
        Assert.Equal(await File.ReadAllTextAsync(CheckedIn, TestContext.Current.CancellationToken), generated);
        Assert.Equal(await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken), ReferencePage.Of(generated));
        Assert.Equal(await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken), list);
    }

    [Fact]
    public async Task The_app_serves_the_document()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await app.Client.GetAsync("/api/openapi.json", bearer: null);

        Assert.Equal("3.1", answer.Json["openapi"]!.GetValue<string>()[..3]);
        Assert.Equal("application/json", answer.ContentType);
    }

    /// <summary>Redocly's recommended rules and those of <c>tests/contract/redocly.yaml</c>; a warning is an error.</summary>
    [Fact]
    public async Task The_document_passes_the_linter()
    {
        using var linter = Process.Start(new ProcessStartInfo("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", "--format=stylish", CheckedIn])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "contract"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Nothing leaves the machine.
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
        })!;

        var cancellation = TestContext.Current.CancellationToken;
        var said = await Task.WhenAll(linter.StandardOutput.ReadToEndAsync(cancellation), linter.StandardError.ReadToEndAsync(cancellation));
        await linter.WaitForExitAsync(cancellation);

        Assert.True(linter.ExitCode == 0, string.Concat(said));
        Assert.Contains("Your API description is valid", string.Concat(said), StringComparison.Ordinal);
        Assert.DoesNotContain("warning", string.Concat(said).Replace("Deprecation warning", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }
}
