using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Console;

namespace VoucherFunctions.Hosting;

/// <summary>
/// The native head: a custom handler, compiled ahead of time. It listens on the port in FUNCTIONS_CUSTOMHANDLER_PORT, on the loopback address only; the host passes its
/// own ASPNETCORE_URLS on, which would open the app to the network.
/// </summary>
public static class CustomHandler
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    public static void UseCustomHandler(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // The host records standard output as information and standard error as errors.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Error);
        if (PortOf(builder.Configuration) is { } port)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        }
    }

    /// <summary>
    /// The host posts a timer to <c>/{FunctionName}</c>. No request from outside can have that path, since those begin with <c>/api/</c>.
    /// </summary>
    public static void MapTimers(this IEndpointRouteBuilder routes)
    {
        foreach (var timer in routes.ServiceProvider.GetServices<TimerFunction>())
        {
            routes.MapPost($"/{timer.Name}", (RequestDelegate)(http => AnswerAsync(timer, http))).WithMetadata(timer).ExcludeFromDescription();
        }
    }

    /// <summary>Runs until the process is told to stop. The exit code is 1 even then: after 0 the host would never start the process again.</summary>
    public static Task<int> RunHandlerAsync(this WebApplication app) =>
        app.RunAsync(PortOf(app.Configuration) is null ? $"{PortVariable} is not a port; the Functions host sets it" : null, stopped: 1);

    private static async Task AnswerAsync(TimerFunction timer, HttpContext http)
    {
        var report = await timer.RunAsync(http.RequestServices, http.RequestAborted);
        var line = $"{timer.Name}: due {report.Due}, done {report.Done}, oldest overdue {report.OldestOverdue}";
        await http.Response.WriteAsJsonAsync(new TimerAnswer(new TimerOutputs(), [line], report), AppJson.Default.TimerAnswer, cancellationToken: http.RequestAborted);
    }

    /// <summary>Null when it is not a port: Kestrel would then listen wherever ASPNETCORE_URLS says.</summary>
    private static int? PortOf(IConfiguration configuration) =>
        int.TryParse(configuration[PortVariable], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : null;
}

/// <summary>
/// The answer that the Functions host needs after a timer: a non-empty JSON body, or the invocation hangs until its timeout.
/// <see cref="Logs"/> shows in the host's log.
/// </summary>
public sealed record TimerAnswer(TimerOutputs Outputs, IReadOnlyList<string> Logs, TimerReport ReturnValue);

public sealed record TimerOutputs;
