using System.Net;
using System.Net.Sockets;

namespace VoucherFunctions.Hosting;

/// <summary>
/// The network address that throttles count by: IPv4, or the /64 of an IPv6. Each trusted proxy appends who called it to <c>X-Forwarded-For</c>, so only as many entries
/// from the right as there are such proxies can be believed.
/// </summary>
public sealed class ClientAddress(int trustedProxies)
{
    public string Of(HttpContext context)
    {
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var entry = trustedProxies > 0 && forwarded.Length >= trustedProxies ? forwarded[^trustedProxies] : null;
        var address = entry is not null && IPEndPoint.TryParse(entry, out var endpoint)
            ? endpoint.Address
            : context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
