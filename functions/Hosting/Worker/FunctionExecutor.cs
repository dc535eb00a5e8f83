using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Hosting.Worker;

/// <summary>Runs an invocation of the host: a timer's job, or nothing but the wait for the HTTP request that the host passes on.</summary>
public sealed class FunctionExecutor(HttpInvocations http, IEnumerable<TimerFunction> timers, IServiceProvider services) : IFunctionExecutor
{
    private readonly FrozenDictionary<string, TimerFunction> _timers = timers.ToFrozenDictionary(timer => timer.Name);

    public async ValueTask ExecuteAsync(FunctionContext context)
    {
        if (!_timers.TryGetValue(context.FunctionDefinition.Name, out var timer))
        {
            await http.ExecuteAsync(context.InvocationId, OriginalRequest.Of(context.BindingContext), context.CancellationToken);
            return;
        }
        using var span = Spans.Timer(timer.Name, context.TraceContext.TraceParent);
        var report = await timer.RunAsync(services, context.CancellationToken);
        context.GetInvocationResult().Value = JsonSerializer.Serialize(report, AppJson.Default.TimerReport);
    }
}
