using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Native.Tests;

/// <summary>The published native binary does what the app under the JIT does.</summary>
public sealed class JourneyTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Fact]
    public async Task The_native_binary_passes_the_whole_journey()
    {
        await using var app = await NativeApp.StartAsync(azurite, published);

        await WholeJourney.WalkAsync(app);
    }

    [Fact]
    public async Task The_native_binary_passes_the_whole_journey_while_the_storage_loses_answers()
    {
        await using var app = await NativeApp.StartAsync(azurite, published);
        app.Storage.LosesAnswers = true;

        await WholeJourney.WalkAsync(app);

        Assert.Superset(new HashSet<string> { "POST insert 409", "DELETE row 404", "batch 412" }, app.Storage.Calls.ToHashSet());
    }
}
