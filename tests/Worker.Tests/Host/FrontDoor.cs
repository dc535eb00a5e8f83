using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using VoucherFunctions.Worker.Tests.Host.Rpc;
using Yarp.ReverseProxy.Forwarder;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>
/// The host's HTTP side. It finds the function in the alphabetical order of their names, sends the invocation, and passes the request to the worker at the same time, as the
/// real host does: with its own X-Forwarded-For and Host, and with its invocation id unless the request has one already.
/// </summary>
public sealed class FrontDoor(WorkerChannel channel, IHttpForwarder forwarder) : HttpTransformer
{
    private const string InvocationId = "x-ms-invocation-id";

    // The settings with which YARP asks for its client: https://learn.microsoft.com/aspnet/core/fundamentals/servers/yarp/direct-forwarding
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
    });

    public async Task HandleAsync(HttpContext http)
    {
        if (FunctionOf(http.Request) is not { } function)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var id = Guid.NewGuid().ToString();
        var invocation = new InvocationRequest { InvocationId = id, TraceContext = new RpcTraceContext { TraceParent = http.Request.Headers.TraceParent.ToString() } };
        invocation.TriggerMetadata["Headers"] = new TypedData { Json = HeadersOf(http.Request) };
        invocation.TriggerMetadata["Query"] = new TypedData { Json = "{}" };
        var executing = channel.InvokeAsync(function, invocation, http.RequestAborted);
        http.Items[InvocationId] = id;
        await forwarder.SendAsync(http, channel.HttpUri.GetLeftPart(UriPartial.Authority), Client, ForwarderRequestConfig.Empty, this);
        var response = await executing;
        if (response.Result.Status == StatusResult.Types.Status.Failure)
        {
            http.Abort();
        }
    }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove("X-Forwarded-For");
        proxyRequest.Headers.Add("X-Forwarded-For", httpContext.Connection.RemoteIpAddress!.ToString());
        if (!httpContext.Request.Headers.ContainsKey(InvocationId))
        {
            proxyRequest.Headers.Add(InvocationId, (string)httpContext.Items[InvocationId]!);
        }
    }

    private static string HeadersOf(HttpRequest request)
    {
        var headers = new JsonObject();
        foreach (var (name, values) in request.Headers)
        {
            headers[name] = string.Join(",", values.AsEnumerable());
        }
        return headers.ToJsonString();
    }

    private string? FunctionOf(HttpRequest request) =>
        (from function in channel.Functions.Values.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
         from binding in function.RawBindings.Select(binding => JsonNode.Parse(binding)!)
         where binding["type"]!.GetValue<string>() == "httpTrigger"
            && binding["methods"]!.AsArray().Any(method => request.Method.Equals(method!.GetValue<string>(), StringComparison.OrdinalIgnoreCase))
            && new TemplateMatcher(new RouteTemplate(RoutePatternFactory.Parse($"api/{binding["route"]}")), []).TryMatch(request.Path, [])
         select function.Name).FirstOrDefault();
}
