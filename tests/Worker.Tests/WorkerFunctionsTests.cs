using System.Globalization;
using System.Text.Json.Nodes;
using VoucherFunctions.Local;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests.Host;
using VoucherFunctions.Worker.Tests.Host.Rpc;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The functions as the worker lists them to the host.</summary>
public sealed class WorkerFunctionsTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Fact]
    public async Task Every_route_and_every_timer_is_a_function()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        var functions = ((WorkerHost)app.Host).Functions.Values;

        var calls = functions.Select(function => (function.Name, Trigger: JsonNode.Parse(function.RawBindings[0])!)).SelectMany(function =>
            function.Trigger["type"]!.GetValue<string>() == "timerTrigger"
                ? [$"POST /{function.Name}"]
                : function.Trigger["methods"]!.AsArray().Select(method => $"{method!.GetValue<string>().ToUpperInvariant()} /api/{function.Trigger["route"]}"));

        Assert.Equal(RouteTable.Calls.Order(StringComparer.Ordinal), calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_function_has_what_the_host_needs_of_it()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        var functions = ((WorkerHost)app.Host).Functions.Values.ToList();

        Assert.All(functions, function =>
        {
            Assert.Equal(("dotnet-isolated", "VoucherFunctions.dll"), (function.Language, function.ScriptFile));
            Assert.Contains(function.Bindings.Values, binding => binding.Type is "httpTrigger" or "timerTrigger");
            Assert.All(function.Bindings.Values, binding => Assert.Equal(
                binding.Type == "http" ? BindingInfo.Types.Direction.Out : BindingInfo.Types.Direction.In, binding.Direction));
        });
        Assert.Equal(functions.Count, functions.Select(function => function.FunctionId).Distinct().Count());
    }

    /// <summary>The host may ask for the functions before the app's web server has started. VOUCHER_STARTS sets the number of starts (10).</summary>
    [Fact]
    public async Task All_functions_are_listed_however_early_the_host_asks()
    {
        var starts = int.Parse(Environment.GetEnvironmentVariable("VOUCHER_STARTS") ?? "10", CultureInfo.InvariantCulture);
        var settings = HostSettings.Of(Azurite.FreePort(), azurite.ConnectionString, "unused", new Uri("smtp://localhost:1"));
        var counts = new List<int>();

        for (var start = 0; start < starts; start++)
        {
            await using var host = await WorkerHost.StartAsync(await published.GetAsync(Head.Worker), settings, TestContext.Current.CancellationToken);
            counts.Add(host.Functions.Count);
        }

        Assert.Equal(Enumerable.Repeat(RouteTable.FunctionCount, starts), counts);
    }
}
