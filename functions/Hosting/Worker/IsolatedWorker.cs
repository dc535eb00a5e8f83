using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Invocation;

namespace VoucherFunctions.Hosting.Worker;

/// <summary>
/// The default head: a .NET isolated worker (https://learn.microsoft.com/azure/azure-functions/dotnet-isolated-process-guide). The host loads functions and runs timers over
/// gRPC. It passes each HTTP request to the app's own web server, at the address in the capability HttpUri, and streams the answer.
/// </summary>
public static class IsolatedWorker
{
    private const string HostEndpoint = "Functions:Worker:HostEndpoint";

    /// <summary>The arguments by which the Functions host starts a worker, and the settings in which the worker's packages look for them.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["--functions-uri"] = HostEndpoint,
        ["--functions-worker-id"] = "Functions:Worker:WorkerId",
        ["--functions-request-id"] = "Functions:Worker:RequestId",
        ["--functions-grpc-max-message-length"] = "Functions:Worker:GrpcMaxMessageLength",
    };

    public static void UseIsolatedWorker(this WebApplicationBuilder builder, string[] args)
    {
        builder.Configuration.AddInMemoryCollection(
            from pair in args.Zip(args.Skip(1))
            where Settings.ContainsKey(pair.First)
            select KeyValuePair.Create(Settings[pair.First], (string?)pair.Second));
        var (socket, address) = Listen();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        builder.Services
            .AddFunctionsWorkerDefaults(worker => worker.Capabilities["HttpUri"] = string.Create(CultureInfo.InvariantCulture, $"http://{address}/"))
            .UseFunctionExecutionMiddleware();
        builder.Services.AddSingleton<HttpInvocations>();
        builder.Services.AddSingleton<IFunctionExecutor, FunctionExecutor>();
        builder.Services.AddSingleton<IFunctionMetadataProvider, FunctionMetadataProvider>();
    }

    /// <summary>Joins each request to its invocation, before the rest of the pipeline.</summary>
    public static void UseInvocations(this WebApplication app)
    {
        var invocations = app.Services.GetRequiredService<HttpInvocations>();
        app.Use(next => http => invocations.HandleAsync(http, next));
    }

    /// <summary>Runs until the host or the platform says stop, and finishes the requests that are under way.</summary>
    public static async Task<int> RunWorkerAsync(this WebApplication app)
    {
        var code = await app.RunAsync(string.IsNullOrEmpty(app.Configuration[HostEndpoint]) ? "--functions-uri is missing; the Functions host sets it" : null, stopped: 0);
        if (code != 0)
        {
            // In a placeholder of Azure the app runs inside the placeholder's process, which would wait forever after a mere return:
            // https://github.com/Azure/azure-functions-dotnet-worker/blob/main/host/src/FunctionsNetHost/AppLoader/AppLoader.cs
            Environment.Exit(code);
        }
        return code;
    }

    /// <summary>
    /// A port of the system's choice, on the loopback address only. It is bound before the host asks for it, so that no other process can take it in between.
    /// </summary>
    private static (Socket Socket, IPEndPoint Address) Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (socket, (IPEndPoint)socket.LocalEndPoint!);
    }
}
