using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace VoucherFunctions.Hosting;

/// <summary>
/// The process as the Functions host starts it: the port in FUNCTIONS_CUSTOMHANDLER_PORT, on the loopback address only, whatever ASPNETCORE_URLS says (the host
/// passes its own on).
/// </summary>
public static class CustomHandler
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>What the Functions host lets through; <see cref="BodyLimit"/> refuses sooner, and what it refused is read to its end and forgotten.</summary>
    private const int LargestBody = 100 * 1024 * 1024;

    public static void UseCustomHandler(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // The host records standard output as information and standard error as errors.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Its scope puts the request's path, which can have a document's name in it, around every line of everybody. What it would say of failures says ProblemHandling.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (PortOf(builder.Configuration) is { } port)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        }
    }

    /// <summary>
    /// Runs until it is told to stop. A setting that is missing or wrong ends the start with one line and exit code 1: the host would take 0 for "never start again".
    /// </summary>
    public static async Task<int> RunHandlerAsync(this WebApplication app, string[] args)
    {
        if (args is ["--write-functions", { } folder])
        {
            await FunctionFiles.WriteAsync(app, folder);
            return 0;
        }
        var fault = PortOf(app.Configuration) is null ? $"{PortVariable} is not a port; the Functions host sets it" : app.SettingsFault();
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {fault}");
            return 1;
        }
        await app.RunAsync();
        // To the host any end that it did not bring about itself is a failure: 0 would mean "never start again".
        return 1;
    }

    /// <summary>Null when it is not a port: Kestrel would then listen wherever ASPNETCORE_URLS says.</summary>
    private static int? PortOf(IConfiguration configuration) =>
        int.TryParse(configuration[PortVariable], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : null;

    /// <summary>Everything that is wrong with the settings, on one line; to be asked before the start, which would log a stack trace.</summary>
    public static string? SettingsFault(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (AggregateException several)
        {
            return string.Join("; ", several.InnerExceptions.Select(MessageOf));
        }
        catch (Exception one) when (one is OptionsValidationException or InvalidOperationException)
        {
            return MessageOf(one);
        }
    }

    /// <summary>What is no options' failure is a text that is no number; its message names the setting.</summary>
    private static string MessageOf(Exception fault) => fault is OptionsValidationException invalid ? string.Join("; ", invalid.Failures) : fault.Message;
}
