using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Worker.Tests.Host.Rpc;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>
/// Stands for the Functions host in front of the worker: starts the process, talks to it over gRPC, and passes requests from outside on to the worker's web server.
/// </summary>
public sealed class WorkerHost : FunctionsHost
{
    private readonly WebApplication _server;
    private readonly WorkerChannel _channel;

    private WorkerHost(WebApplication server, WorkerChannel channel, HeadProcess process, int port)
        : base(process, port) => (_server, _channel) = (server, channel);

    public override string Log => $"{Process.Log}{_channel.Log}";

    public override int AppPort => _channel.HttpUri.Port;

    /// <summary>The functions that the worker listed, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => _channel.Functions;

    /// <summary>The worker's own web server. Only the host knows it.</summary>
    public Uri WorkerAddress => _channel.HttpUri;

    public static new async Task<WorkerHost> StartAsync(PublishedHead published, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddHttpForwarder().AddSingleton(new WorkerChannel(published.Folder)).AddSingleton<FrontDoor>();
        var server = builder.Build();
        server.MapGrpcService<FunctionRpcService>();
        server.MapFallback("{**path}", (HttpContext http, FrontDoor front) => front.HandleAsync(http));
        await server.StartAsync(cancellation);
        var ports = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToList();
        var channel = server.Services.GetRequiredService<WorkerChannel>();
        var process = HeadProcess.Start(published, settings, Arguments(ports[0]));
        try
        {
            var ended = process.WaitForExitAsync(cancellation);
            if (await Task.WhenAny(channel.Loaded, ended).WaitAsync(cancellation) == ended)
            {
                throw new InvalidOperationException($"The worker ended: {process.Log}");
            }
            await channel.Loaded;
            return new WorkerHost(server, channel, process, ports[1]);
        }
        catch
        {
            await process.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The command line of the real host.</summary>
    public static string[] Arguments(int port)
    {
        var (number, uri) = (port.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        var (worker, request) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        return
        [
            "--host", "127.0.0.1", "--port", number, "--workerId", worker, "--requestId", request, "--grpcMaxMessageLength", "2147483647",
            "--functions-uri", uri, "--functions-worker-id", worker, "--functions-request-id", request, "--functions-grpc-max-message-length", "2147483647",
        ];
    }

    public override async Task<JsonNode> RunTimerAsync(string name, string? traceParent = null)
    {
        var invocation = new InvocationRequest { TraceContext = new RpcTraceContext { TraceParent = traceParent ?? "" } };
        invocation.InputData.Add(new ParameterBinding
        {
            Name = "timer",
            Data = new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" },
        });
        var response = await _channel.InvokeAsync(name, invocation);
        return response.Result.Status == StatusResult.Types.Status.Success
            ? JsonNode.Parse(response.ReturnValue.String)!
            : throw new InvalidOperationException($"{name}: {response.Result.Exception?.Message}\n{Log}");
    }

    public void CancelInvocations() => _channel.CancelInvocations();

    public override void Terminate() => _channel.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
