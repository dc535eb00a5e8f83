using Microsoft.Extensions.Options;

namespace VoucherFunctions.Hosting;

/// <summary>The web server as both heads and the local runner use it.</summary>
public static class Server
{
    /// <summary>The Functions host refuses larger bodies itself. <see cref="Http.BodyLimit"/> refuses sooner; Kestrel reads the rest of a refused body and drops it.</summary>
    private const int LargestBody = 100 * 1024 * 1024;

    /// <summary>
    /// A builder with the settings of the environment and Kestrel. Without what ASP.NET Core adds by itself: files of settings that are watched, and logging to the console.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Its scope adds the request's path to every log line, and a path can hold a document's name. ProblemHandling logs the failures.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        return builder;
    }

    /// <summary>Runs the app, or ends with one line and exit code 1 when a setting is missing or wrong.</summary>
    /// <param name="fault">A fault of the start that the settings do not know; null: none.</param>
    /// <param name="stopped">The exit code when the app is told to stop.</param>
    internal static async Task<int> RunAsync(this WebApplication app, string? fault, int stopped)
    {
        fault ??= app.SettingsFault();
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {fault}");
            return 1;
        }
        await app.RunAsync();
        return stopped;
    }

    /// <summary>All faults of the settings on one line. Ask before the start, which would log a stack trace.</summary>
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

    /// <summary>Any other exception comes from a setting that should be a number and is not; its message names the setting.</summary>
    private static string MessageOf(Exception fault) => fault is OptionsValidationException invalid ? string.Join("; ", invalid.Failures) : fault.Message;
}
