using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The published heads do what the app in the tests' process does.</summary>
public sealed class JourneyTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_published_app_passes_the_whole_journey(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        await WholeJourney.WalkAsync(app);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_published_app_passes_the_whole_journey_while_the_storage_loses_answers(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        app.Storage.LosesAnswers = true;

        await WholeJourney.WalkAsync(app);

        Assert.Superset(new HashSet<string> { "POST insert 409", "DELETE row 404", "batch 412" }, app.Storage.Calls.ToHashSet());
    }
}
