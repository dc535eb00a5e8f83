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
        if (int.TryParse(builder.Configuration[PortVariable], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
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
        if (app.Configuration[PortVariable] is null)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {PortVariable} is not set; the Functions host sets it.");
            return 1;
        }
        try
        {
            await app.RunAsync();
            // To the host any end that it did not bring about itself is a failure: 0 would mean "never start again".
            return 1;
        }
        catch (OptionsValidationException invalid)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {string.Join("; ", invalid.Failures)}");
            return 1;
        }
    }
}
