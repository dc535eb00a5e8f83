using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoucherFunctions.Domain;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>A search that finds nothing proves something only if it finds what is there.</summary>
public sealed class CanarySearchTests(AzuriteFixture azurite)
{
    private const string Mark = "Kanarienvögelchen";
    private static readonly CanarySearch Search = new([new Canary(Mark)]);

    public static TheoryData<string> Encodings => [.. CanarySearch.Encodings.Keys];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_canary_is_found_in_each_encoding_wherever_it_stands(string encoding)
    {
        foreach (var before in (string[])["", "a", "ab", "abc"])
        {
            // Base32 only of the text alone: nothing in the app encodes more of it.
            var whole = CanarySearch.Encodings[encoding](encoding.StartsWith("base", StringComparison.Ordinal) ? Mark : $"{before}{Mark} und mehr");
            Assert.All(whole, bytes => Assert.NotEmpty(Search.FindIn([.. Encoding.UTF8.GetBytes(before), .. bytes, 0])));
        }
        Assert.All((int[])[0, 1, 2, 3], length =>
            Assert.NotEmpty(Search.FindIn(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', length)}{Mark}yz"))))));
    }

    [Fact]
    public void A_key_is_found_as_it_is_and_in_each_encoding_and_not_when_it_is_wrapped()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var search = new CanarySearch([new Canary("of an account") { Key = key }]);

        byte[][] forms = [key, .. new[] { Convert.ToHexStringLower(key), Convert.ToBase64String(key), Base32.Encode(key) }.Select(Encoding.UTF8.GetBytes)];
        Assert.All(forms, form => Assert.NotEmpty(search.FindIn([1, 2, .. form, 3])));
        Assert.All((int[])[1, 2], shift => Assert.NotEmpty(search.FindIn(Encoding.UTF8.GetBytes(Convert.ToBase64String([.. new byte[shift], .. key, 7])))));
        Assert.Empty(search.FindIn(HMACSHA256.HashData("key"u8, key)));
    }

    [Fact]
    public void A_plain_hash_of_a_canary_is_found_and_a_keyed_one_is_not()
    {
        var text = Encoding.UTF8.GetBytes(Mark);

        Assert.NotEmpty(Search.FindIn(SHA256.HashData(text)));
#pragma warning disable CA5350, CA5351 // Nobody should use them: so they must be found.
        Assert.NotEmpty(Search.FindIn(Encoding.UTF8.GetBytes($"id={Convert.ToHexString(MD5.HashData(text))}")));
        Assert.NotEmpty(Search.FindIn(Encoding.UTF8.GetBytes(Convert.ToBase64String(SHA1.HashData(text)))));
#pragma warning restore CA5350, CA5351
        Assert.Empty(Search.FindIn(HMACSHA256.HashData("key"u8, text)));
        Assert.Empty(Search.FindIn(Encoding.UTF8.GetBytes("Kanarienvogel")));
    }

    /// <summary>The storage in memory keeps no metadata of a blob.</summary>
    [Fact, Trait("Storage", "Azurite")]
    public async Task A_canary_is_found_in_each_place_where_an_app_can_leave_one()
    {
        using var sinks = new Sinks();
        await using var app = await TestApp.StartAsync(azurite, options => options.Services = sinks.Listen);
        var cancellation = TestContext.Current.CancellationToken;

        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("planted")
            .Log(LogLevel.Trace, default, "planted", new InvalidOperationException(Mark), (state, _) => state);
        using (var source = new ActivitySource("planted"))
        using (var activity = source.StartActivity("planted"))
        {
            activity!.SetTag("planted", Mark);
        }
        using var meter = new Meter("planted");
        meter.CreateCounter<long>("planted").Add(1, new KeyValuePair<string, object?>("planted", Mark));
        await app.Table("due").AddEntityAsync(new TableEntity("planted", Mark), cancellation);
        await app.Table("vouchers").AddEntityAsync(new TableEntity("planted", "text") { ["Text"] = $"a{Mark}" }, cancellation);
        await app.Table("emails").AddEntityAsync(new TableEntity("planted", "bytes") { ["Bytes"] = Encoding.Unicode.GetBytes(Mark) }, cancellation);
        var container = app.Container("documents");
        await container.UploadBlobAsync(Mark, new BinaryData(""), cancellation);
        await container.GetBlobClient("planted").UploadAsync(
            new BinaryData(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Mark}"))),
            new BlobUploadOptions
            {
                Metadata = new Dictionary<string, string> { ["planted"] = Uri.EscapeDataString(Mark) },
                HttpHeaders = new BlobHttpHeaders { ContentDisposition = Uri.EscapeDataString(Mark) },
            },
            cancellation);

        var found = (await sinks.CollectAsync(app)).Where(kept => Search.FindIn(kept.Value).Any()).Select(kept => kept.Where);

        Assert.Equal(
            ["blob content", "blob headers", "blob metadata", "blob name", "log", "metric", "table due RowKey", "table emails Bytes", "table vouchers Text", "trace"],
            found.Distinct().Order(StringComparer.Ordinal));
    }
}
