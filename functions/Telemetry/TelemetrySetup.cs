using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Telemetry;

/// <summary>
/// OpenTelemetry to Application Insights, to a collector, to both; without either nothing of it is touched. What leaves is what docs/telemetry.md lists: our own
/// spans and metrics, and of ASP.NET Core's what <see cref="SpanRedaction"/> and the view let through.
/// </summary>
public static class TelemetrySetup
{
    private const string AspNetCore = "Microsoft.AspNetCore";
    private const string AspNetCoreHosting = "Microsoft.AspNetCore.Hosting";
    private const string RequestDuration = "http.server.request.duration";
    private static readonly string[] RequestAttributes = ["http.route", "http.request.method", "http.response.status_code"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics().AddSingleton<VoucherMetrics>();
        services.Configure<TelemetryOptions>(configuration.GetSection(TelemetryOptions.Section)).AddSingleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>();
        services.AddSingleton<IValidateOptions<TelemetryOptions>>(new ValidateOtlpEndpoint(configuration));
        services.AddOptions<TelemetryOptions>().ValidateOnStart();
        var insights = configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.ConnectionString)}"];
        var collector = TelemetryOptions.CollectorOf(configuration);
        if (string.IsNullOrEmpty(insights) && collector is null)
        {
            return services;
        }
        // Told by hand, as it knows no other way: no word to anybody but those who are named in the settings.
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_SDKSTATS_DISABLED_ALL", "true");
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddService("voucher-functions", autoGenerateServiceInstanceId: false, serviceInstanceId: Environment.MachineName))
            .WithTracing(Trace)
            .WithMetrics(Measure)
            .WithLogging(logs => logs.AddProcessor(new LogRedaction()), logs => (logs.IncludeFormattedMessage, logs.ParseStateValues) = (true, true));
        services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>(nameof(VoucherFunctions), LogLevel.Information));
        if (TelemetryOptions.IsInsights(insights))
        {
            services.AddOptions<AzureMonitorExporterOptions>().Configure<IServiceProvider>((options, provider) => Configure(options, insights, provider));
            telemetry
                .WithTracing(traces => traces.AddAzureMonitorTraceExporter().SetSampler(new AlwaysOnSampler()))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter())
                .WithLogging(logs => logs.AddAzureMonitorLogExporter());
        }
        if (collector is not null)
        {
            telemetry.UseOtlpExporter();
        }
        return services;
    }

    /// <summary>Whatever a caller's traceparent says: nobody outside decides what is recorded.</summary>
    private static void Trace(TracerProviderBuilder traces) =>
        traces.AddSource(Spans.SourceName, AspNetCore).SetSampler(new AlwaysOnSampler()).AddProcessor(new SpanRedaction());

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(VoucherMetrics.MeterName, AspNetCoreHosting)
        .AddView(RequestDuration, new MetricStreamConfiguration { TagKeys = RequestAttributes })
        .AddView(instrument => instrument.Meter.Name == AspNetCoreHosting && instrument.Name != RequestDuration ? MetricStreamConfiguration.Drop : null);

    /// <summary>Nothing is left on the disk when the service does not answer, and nothing is left out for the number of requests.</summary>
    private static void Configure(AzureMonitorExporterOptions options, string connectionString, IServiceProvider services)
    {
        options.ConnectionString = connectionString;
        options.DisableOfflineStorage = true;
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
        options.EnableLiveMetrics = false;
        if (services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClientId.Length > 0)
        {
            options.Credential = services.GetRequiredService<TokenCredential>();
        }
    }
}
