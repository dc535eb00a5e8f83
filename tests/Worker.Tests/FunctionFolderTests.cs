using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The native package as the Functions host finds it.</summary>
public sealed class FunctionFolderTests(PublishedFixture published)
{
    [Fact]
    public async Task Every_endpoint_has_a_function_json_and_every_function_json_an_endpoint()
    {
        var folder = (await published.GetAsync(Head.Native)).Folder;
        var triggers = Directory.GetFiles(folder, "function.json", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileName(Path.GetDirectoryName(file)!), Trigger: JsonNode.Parse(File.ReadAllText(file))!["bindings"]![0]!));

        var calls = triggers.SelectMany(function => function.Trigger["type"]!.GetValue<string>() == "timerTrigger"
            ? [$"POST /{function.Name}"]
            : function.Trigger["methods"]!.AsArray().Select(method =>
                $"{method!.GetValue<string>().ToUpperInvariant()} /api/{function.Trigger["route"]!.GetValue<string>()}"));

        Assert.Equal(RouteTable.Calls.Order(StringComparer.Ordinal), calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_function_json_has_bindings_only()
    {
        var folder = (await published.GetAsync(Head.Native)).Folder;
        var files = Directory.GetFiles(folder, "function.json", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var function = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            Assert.Equal("bindings", Assert.Single(function).Key);
            Assert.Equal(folder, Path.GetDirectoryName(Path.GetDirectoryName(file)));
        });
    }

    [Fact]
    public async Task The_host_starts_the_binary_and_forwards_what_is_below_api()
    {
        var folder = (await published.GetAsync(Head.Native)).Folder;
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "host.json")))!;

        var handler = host["customHandler"]!;
        Assert.True(handler["enableForwardingHttpRequest"]!.GetValue<bool>());
        Assert.Null(handler["enableProxyingHttpRequest"]);
        Assert.Equal("api", host["extensions"]!["http"]!["routePrefix"]!.GetValue<string>());
        Assert.True(File.Exists(Path.Combine(folder, handler["description"]!["defaultExecutablePath"]!.GetValue<string>())));
    }
}
