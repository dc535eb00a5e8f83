using System.Net;
using System.Net.Sockets;

namespace VoucherFunctions.Http;

/// <summary>A feature of a request that the Functions host passed on: the entries of X-Forwarded-For as the host received them, comma-separated.</summary>
public interface IForwardedFor
{
    string ForwardedFor { get; }
}

/// <summary>
/// The network address that throttles count by: IPv4, or the /64 of an IPv6. Each trusted proxy appends the address of its caller to <c>X-Forwarded-For</c>, so only
/// that many entries from the right can be believed.
/// </summary>
/// <param name="trustedProxies">How many proxies append; the Functions host is not one of them.</param>
public sealed class ClientAddress(int trustedProxies)
{
    /// <summary>All callers whose address cannot be told count as one.</summary>
    private const string Unknown = "unknown";

    public string Of(HttpContext context)
    {
        var original = context.Features.Get<IForwardedFor>();
        var forwarded = (original?.ForwardedFor ?? context.Request.Headers["X-Forwarded-For"].ToString())
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var entry = trustedProxies > 0 && forwarded.Length >= trustedProxies ? forwarded[^trustedProxies] : null;
        if (entry is not null && IPEndPoint.TryParse(entry, out var endpoint))
        {
            return KeyOf(endpoint.Address);
        }
        // In the worker every connection is the host's, so its address says nothing.
        return original is null && context.Connection.RemoteIpAddress is { } remote ? KeyOf(remote) : Unknown;
    }

    private static string KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
