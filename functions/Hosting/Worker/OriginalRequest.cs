using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using VoucherFunctions.Http;

namespace VoucherFunctions.Hosting.Worker;

/// <summary>
/// The headers of a request as the host received it. The host writes its own X-Forwarded-For and Host into the request that it passes on; only the invocation's trigger metadata
/// hold the original ones. They also hold cookies: never log them.
/// </summary>
/// <param name="headers">A JSON object; null: unknown.</param>
public sealed class OriginalRequest(string? headers) : IForwardedFor
{
    /// <summary>The headers of a request that belongs to no invocation: none.</summary>
    public static OriginalRequest Unknown { get; } = new(null);

    /// <summary>The entries of X-Forwarded-For, comma-separated; empty when there are none.</summary>
    public string ForwardedFor => string.Join(',', Values("X-Forwarded-For"));

    /// <summary>Whether the client sent an invocation id, even an empty one. The host then passes on that one instead of its own.</summary>
    public bool HasInvocationId => Values(HttpInvocations.IdHeader).Count > 0;

    public static OriginalRequest Of(BindingContext binding) => new(binding.BindingData.GetValueOrDefault("Headers") as string);

    private List<string> Values(string name)
    {
        if (headers is null)
        {
            return [];
        }
        using var json = JsonDocument.Parse(headers);
        return
        [
            .. json.RootElement.EnumerateObject()
                .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(header => header.Value.ValueKind == JsonValueKind.Array ? string.Join(',', header.Value.EnumerateArray()) : header.Value.ToString()),
        ];
    }
}
