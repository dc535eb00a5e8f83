using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoucherFunctions.Hosting;

/// <summary>One binding of a function, as the Functions host reads it.</summary>
public sealed record FunctionBinding(
    string Type,
    BindingDirection Direction,
    string Name,
    string? AuthLevel = null,
    IReadOnlyList<string>? Methods = null,
    string? Route = null,
    string? Schedule = null);

/// <summary>The host reads it in any case, the worker's packages in this one only.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BindingDirection>))]
public enum BindingDirection
{
    In,
    Out,
}

/// <summary>A <c>function.json</c>: bindings only, as a custom handler has no script.</summary>
public sealed record FunctionFile(IReadOnlyList<FunctionBinding> Bindings);

/// <summary>Writes the folder layout of the Functions host from the app's own route table and timers, so that the two cannot drift.</summary>
public static class FunctionFiles
{
    /// <summary>The host puts this before every HTTP route.</summary>
    private const string Prefix = "/api/";

    /// <summary>Name → file for every endpoint that has a name, and every timer.</summary>
    public static IReadOnlyDictionary<string, FunctionFile> Of(IEndpointRouteBuilder routes) =>
        Of(routes.DataSources.SelectMany(source => source.Endpoints), routes.ServiceProvider.GetServices<TimerFunction>());

    public static IReadOnlyDictionary<string, FunctionFile> Of(IEnumerable<Endpoint> endpoints, IEnumerable<TimerFunction> timers)
    {
        var files = new SortedDictionary<string, FunctionFile>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is { } name)
            {
                files.Add(name, Http(endpoint));
            }
        }
        foreach (var timer in timers)
        {
            files.Add(timer.Name, new FunctionFile([new FunctionBinding("timerTrigger", BindingDirection.In, "timer", Schedule: timer.Schedule)]));
        }
        return files;
    }

    public static async Task WriteAsync(IEndpointRouteBuilder routes, string folder)
    {
        var json = new AppJson(new JsonSerializerOptions(AppJson.Default.Options) { WriteIndented = true });
        foreach (var (name, file) in Of(routes))
        {
            var path = Path.Combine(folder, name, "function.json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(file, json.FunctionFile) + "\n");
        }
    }

    private static FunctionFile Http(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText ?? "";
        if (!pattern.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The route {pattern} is not below {Prefix}: the host would never forward to it.");
        }
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        return new FunctionFile(
        [
            new FunctionBinding(
                "httpTrigger", BindingDirection.In, "req", "anonymous", [.. methods.Select(method => method.ToLowerInvariant())], pattern[Prefix.Length..].TrimEnd('/')),
            new FunctionBinding("http", BindingDirection.Out, "res"),
        ]);
    }
}
