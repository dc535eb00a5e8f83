using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace VoucherFunctions.Hosting.Worker;

/// <summary>Tells the host the app's functions: the named endpoints and the timers (<see cref="FunctionFiles"/>).</summary>
public sealed class FunctionMetadataProvider(EndpointDataSource endpoints, IEnumerable<TimerFunction> timers, IHostApplicationLifetime lifetime) : IFunctionMetadataProvider
{
    private const string Language = "dotnet-isolated";
    private static readonly string Assembly = $"{typeof(FunctionMetadataProvider).Assembly.GetName().Name}.dll";
    private static readonly string HttpEntryPoint = $"{typeof(FunctionMetadataProvider).FullName}.{nameof(HttpEndpoint)}";

    /// <summary>Waits for the start: the app knows its routes only then, and the host may ask sooner. The host sends no request before it has this answer.</summary>
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task;
        var entryPoints = timers.ToDictionary(timer => timer.Name, timer => timer.EntryPoint);
        return [.. FunctionFiles.Of(endpoints.Endpoints, timers).Select(function => Describe(function.Key, entryPoints.GetValueOrDefault(function.Key, HttpEntryPoint), function.Value))];
    }

    /// <summary>The entry point of every HTTP function, because the worker's packages ask for one. The host passes the request to the app's web server instead.</summary>
    public static void HttpEndpoint()
    {
    }

    private static DefaultFunctionMetadata Describe(string name, string entryPoint, FunctionFile file) => new()
    {
        Name = name,
        EntryPoint = entryPoint,
        ScriptFile = Assembly,
        Language = Language,
        RawBindings = [.. file.Bindings.Select(binding => JsonSerializer.Serialize(binding, AppJson.Default.FunctionBinding))],
    };
}
