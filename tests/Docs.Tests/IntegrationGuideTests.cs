using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Docs.Tests;

public sealed class IntegrationGuideTests(AzuriteFixture azurite)
{
    private const string Guide = "docs/orp-integration.md";
    private static readonly string Sample = Path.Combine(Repository.Root, "docs", "samples", "OrpClient");

    [Fact]
    public async Task Every_command_prints_what_the_guide_says()
    {
        await using var local = await LocalRun.StartAsync();

        await Shell.AssertPrintsAsync(Walkthrough.Of(Guide), local.Address);
    }

    [Fact]
    public async Task The_sample_in_the_guide_is_the_one_that_is_compiled()
    {
        var compiled = await File.ReadAllTextAsync(Path.Combine(Sample, "Program.cs"), TestContext.Current.CancellationToken);

        Assert.Equal(compiled, Walkthrough.Of(Guide).Block("csharp"));
    }

    [Fact]
    public void The_guide_has_every_call_of_the_offices_and_every_code_that_refuses_one()
    {
        var text = Walkthrough.Of(Guide).Text;

        Assert.All(Calls.Of(Requires.IssuerKey), call => Assert.Contains($"`{call}", text, StringComparison.Ordinal));
        Assert.All(Calls.RefusalsOf(Requires.IssuerKey), code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sample_gets_its_vouchers_once_when_the_first_answer_is_lost_and_the_second_says_later()
    {
        var losses = new Losses();
        await using var app = await TestApp.StartAsync(azurite, options => options.Services = services => services.AddSingleton<IStartupFilter>(losses));
        var folder = Directory.CreateTempSubdirectory("docs-tests-").FullName;

        var (exitCode, output) = await Shell.RunAsync(
            "bash", folder, "-c", $"cd $TMPDIR && VOUCHERS_KEY={app.IssuerKey} dotnet {Sample}/bin/{Configuration}/net10.0/OrpClient.dll {app.Address}");

        Assert.True(exitCode == 0, output);
        Assert.Equal(2, losses.Lost);
        Assert.Equal(3, (await app.DumpAsync("vouchers")).Count);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The one that this assembly was built in.</summary>
    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);

    /// <summary>The first request for vouchers is done and its answer lost; the second is not done.</summary>
    private sealed class Losses : IStartupFilter
    {
        public int Lost { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(LoseAsync);
            next(app);
        };

        private async Task LoseAsync(HttpContext context, RequestDelegate next)
        {
            if (context.Request.Path != "/api/vouchers" || Lost == 2)
            {
                await next(context);
                return;
            }
            Lost++;
            if (Lost == 1)
            {
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                return;
            }
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
    }
}
