using Microsoft.Extensions.Options;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Telemetry;

/// <summary>OpenTelemetry itself would end the start with a stack trace.</summary>
public sealed class ValidateOtlpEndpoint(IConfiguration configuration) : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
        string.IsNullOrEmpty(configuration[TelemetryOptions.OtlpEndpoint]) || TelemetryOptions.CollectorOf(configuration) is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{TelemetryOptions.OtlpEndpoint} is not an http or https address");
}
