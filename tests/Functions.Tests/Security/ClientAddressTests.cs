using System.Net;
using Microsoft.AspNetCore.Http;
using VoucherFunctions.Http;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class ClientAddressTests
{
    private const string Connection = "192.0.2.1";

    [Theory]
    [InlineData(0, "203.0.113.1", Connection)]
    [InlineData(1, null, Connection)]
    [InlineData(1, "", Connection)]
    [InlineData(1, "203.0.113.1", "203.0.113.1")]
    [InlineData(1, "203.0.113.1:51234", "203.0.113.1")]
    [InlineData(1, "198.51.100.7, 203.0.113.1", "203.0.113.1")]
    [InlineData(1, "203.0.113.1,", "203.0.113.1")]
    [InlineData(2, "198.51.100.7, 203.0.113.1, 192.0.2.9", "203.0.113.1")]
    [InlineData(2, "203.0.113.1", Connection)]
    [InlineData(1, "not an address", Connection)]
    [InlineData(1, "::ffff:203.0.113.1", "203.0.113.1")]
    [InlineData(1, "[2001:db8:1:2:3:4:5:6]:443", "20010DB800010002")]
    [InlineData(1, "2001:db8:1:2:ffff::1", "20010DB800010002")]
    [InlineData(1, "2001:db8:1:3::1", "20010DB800010003")]
    public void The_address_that_counts_is_the_one_the_outermost_trusted_proxy_saw(int proxies, string? header, string expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(Connection);
        context.Request.Headers["X-Forwarded-For"] = header;

        var address = new ClientAddress(proxies).Of(context);

        Assert.Equal(expected, address);
    }

    [Fact]
    public void Several_headers_are_one_list()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Append("X-Forwarded-For", "198.51.100.7");
        context.Request.Headers.Append("X-Forwarded-For", "203.0.113.1");

        var address = new ClientAddress(1).Of(context);

        Assert.Equal("203.0.113.1", address);
    }
}
