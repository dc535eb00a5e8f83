using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>
/// Trimming can break a storage call that compiles: every kind of call is made by the published app, with every end it may have.
/// </summary>
public sealed class StorageCallTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Every_kind_of_storage_call_works_with_every_end_it_may_have(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        await WholeJourney.WalkAsync(app);
        app.Storage.LosesAnswers = true;
        await WholeJourney.WalkAsync(app);
        app.Storage.LosesAnswers = false;
        await IssueAtOnceAsync(app);
        await RegisterAtOnceAsync(app);
        await RunTimersAsync(app);
        await WholeJourney.ExpectAsync(app, HttpStatusCode.OK, app.Client.GetAsync("/api/health/ready", bearer: null));

        string[] expected =
        [
            "GET row 200", "GET row 404", "GET query 200",
            "POST insert 204", "POST insert 409",
            "PUT row 204", "PUT row 412",
            "DELETE row 204", "DELETE row 404",
            "batch 204", "batch 409", "batch 412",
            "GET list 200",
            "PUT blob 201", "PUT blob 409", "PUT block 201", "PUT blocklist 201", "GET blob 200", "DELETE blob 202", "DELETE blob 404",
        ];
        // Seen only when two get in each other's way by chance.
        string[] mayBe = ["PUT row 404", "DELETE row 412", "batch 404"];
        Assert.Empty(expected.Except(app.Storage.Calls));
        Assert.Empty(app.Storage.Calls.Except(expected).Except(mayBe));
        Assert.DoesNotContain("fail:", app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_same_request_for_vouchers_many_times_at_once_gives_the_same_codes(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        var answers = await IssueAtOnceAsync(app);

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task One_voucher_is_registered_for_one_person_of_many_at_once(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        var answers = await RegisterAtOnceAsync(app);

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Accepted), answer => Assert.Equal("voucher-pending", answer.Code));
    }

    private static async Task<IReadOnlyList<Answer>> IssueAtOnceAsync(PublishedApp app)
    {
        var key = Guid.NewGuid().ToString();
        return await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => app.IssueAsync(3, key)));
    }

    private static async Task<IReadOnlyList<Answer>> RegisterAtOnceAsync(PublishedApp app)
    {
        var code = await app.NewCodeAsync();
        return await Task.WhenAll(Enumerable.Range(0, 16).Select(number =>
            app.Client.PostAsync("/api/registrations", new { code, name = "Anna", email = $"anna{number}@example.ch", language = "it" })));
    }

    private static async Task RunTimersAsync(PublishedApp app)
    {
        foreach (var timer in TimerTests.Names)
        {
            await app.Host.RunTimerAsync(timer);
        }
    }
}
