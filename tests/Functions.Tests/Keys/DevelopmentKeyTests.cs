using Microsoft.Extensions.Configuration;
using VoucherFunctions.Hosting;
using VoucherFunctions.Settings;
using Xunit;

namespace VoucherFunctions.Tests.Keys;

/// <summary>A ring from one developer's machine is refused wherever the data could be anybody's.</summary>
public sealed class DevelopmentKeyTests
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Azurite = "UseDevelopmentStorage=true";
    private const string Azure = "DefaultEndpointsProtocol=https;AccountName=stdata;AccountKey=AAAA;EndpointSuffix=core.windows.net";
    private const string HalfAway =
        "AccountName=stdata;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:10002/stdata;BlobEndpoint=https://stdata.blob.core.windows.net";

    [Theory]
    [InlineData("http://localhost:7071", Azurite, true)]
    [InlineData("http://localhost:7071", Azure, false)]
    [InlineData("http://localhost:7071", HalfAway, false)]
    [InlineData("http://localhost:7071", "nonsense", false)]
    [InlineData("https://formation.example.ch", Azurite, false)]
    public void It_works_with_a_website_and_a_storage_on_this_machine_only(string origin, string storage, bool isAccepted)
    {
        var settings = Settings(("Site:Origin", origin), ("Storage:ConnectionString", storage));

        Assert.Equal(isAccepted, IsAccepted(settings, $"development:1:{Key}", $"1:{Key}"));
        Assert.Equal(isAccepted, IsAccepted(settings, $"1:{Key}", $"development:2:{Key},1:{Key}"));
        Assert.True(IsAccepted(settings, $"1:{Key}", $"1:{Key}"));
    }

    [Fact]
    public void It_does_not_work_with_a_managed_identity()
    {
        var settings = Settings(
            ("Site:Origin", "http://localhost:7071"), ("Storage:TableEndpoint", "https://stdata.table.core.windows.net"), ("Storage:BlobEndpoint", "https://stdata.blob.core.windows.net"));

        Assert.False(IsAccepted(settings, $"development:1:{Key}", $"1:{Key}"));
    }

    private static bool IsAccepted(IConfiguration settings, string hashing, string encryption) =>
        !new DevelopmentKeys(settings).Validate(null, new KeyOptions { Hashing = hashing, Encryption = encryption }).Failed;

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
