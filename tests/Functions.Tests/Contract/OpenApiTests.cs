using VoucherFunctions.Local.OpenApi;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class OpenApiTests(AzuriteFixture azurite)
{
    private static readonly string CheckedIn = Path.Combine(Repository.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_document_that_is_checked_in_is_what_the_code_says()
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Services = services => services.AddContractDocument());

        var generated = await ContractDocument.WriteAsync(app.Services, TestContext.Current.CancellationToken);

        if (Environment.GetEnvironmentVariable("WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(CheckedIn, generated, TestContext.Current.CancellationToken);
        }
        Assert.Equal(await File.ReadAllTextAsync(CheckedIn, TestContext.Current.CancellationToken), generated);
    }

    [Fact]
    public async Task The_app_serves_the_document()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await app.Client.GetAsync("/api/openapi.json", bearer: null);

        Assert.Equal("3.1", answer.Json["openapi"]!.GetValue<string>()[..3]);
        Assert.Equal("application/json", answer.ContentType);
    }
}
