using System.Net;
using Azure.Data.Tables;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>Throttles count by the address that the trusted proxy saw. Nobody outside can choose another one, in either head.</summary>
public sealed class ClientAddressTests(AzuriteFixture azurite, PublishedFixture published)
{
    private const string Unknown = "0000-0000-0000-0000";
    private const int Allowed = 10;

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task A_hundred_wrong_codes_with_made_up_addresses_are_throttled_as_from_one(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        // The proxy appends the address that it saw to what the client sent.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => CheckAsync(app, ("X-Forwarded-For", $"198.51.100.{number}, 203.0.113.5"))));

        await AreOneClientAsync(app, answers);
        Assert.Equal(HttpStatusCode.NotFound, (await CheckAsync(app, ("X-Forwarded-For", "203.0.113.6"))).Status);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task One_client_is_one_address_whatever_the_form_and_however_many_headers(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        string[][] forms =
        [
            ["203.0.113.5"], ["203.0.113.5:51234"], ["::ffff:203.0.113.5"], ["[::ffff:203.0.113.5]:443"], ["10.0.0.1,203.0.113.5"], ["10.0.0.1", "203.0.113.5"],
            ["a, b, 203.0.113.5"], ["203.0.113.5,"], ["10.0.0.1", "", "203.0.113.5"], [" 203.0.113.5 "],
        ];

        var answers = new List<Answer>();
        foreach (var form in (string[][])[.. forms, ["203.0.113.5"]])
        {
            answers.Add(await CheckAsync(app, [.. form.Select(entry => ("X-Forwarded-For", entry))]));
        }

        await AreOneClientAsync(app, answers);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task The_addresses_of_one_IPv6_network_are_one_client_and_two_networks_are_two(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        var answers = new List<Answer>();
        foreach (var address in Enumerable.Range(1, Allowed).Select(number => $"[2001:db8:1:2::{number}]:{50000 + number}").Append("2001:db8:1:2:ffff::1"))
        {
            answers.Add(await CheckAsync(app, ("X-Forwarded-For", address)));
        }

        await AreOneClientAsync(app, answers);
        Assert.Equal(HttpStatusCode.NotFound, (await CheckAsync(app, ("X-Forwarded-For", "2001:db8:1:3::1"))).Status);
    }

    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task Callers_whose_address_is_missing_or_unreadable_count_as_one(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));
        string?[] forms = [null, "", "not an address", "203.0.113.5, unknown", "999.1.1.1", "-", null, "::g", ",", "0x"];

        var answers = new List<Answer>();
        foreach (var form in (string?[])[.. forms, null])
        {
            answers.Add(await CheckAsync(app, form is null ? [] : [("X-Forwarded-For", form)]));
        }

        await AreOneClientAsync(app, answers);
        Assert.Equal(HttpStatusCode.NotFound, (await CheckAsync(app, ("X-Forwarded-For", "203.0.113.6"))).Status);
    }

    /// <summary>The host passes a client's id on instead of its own, so the request belongs to no invocation.</summary>
    [Fact]
    public async Task Who_sends_an_invocation_id_to_the_worker_counts_as_unknown()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            CheckAsync(app, ("x-ms-invocation-id", Guid.NewGuid().ToString()), ("X-Forwarded-For", $"198.51.100.{number}"))));

        await AreOneClientAsync(app, [.. answers, await CheckAsync(app)]);
        Assert.Equal(HttpStatusCode.NotFound, (await CheckAsync(app, ("X-Forwarded-For", "198.51.100.1"))).Status);
    }

    [Fact]
    public async Task Who_sends_the_same_invocation_id_again_and_again_counts_as_unknown()
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(Head.Worker));
        var id = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => CheckAsync(app, ("x-ms-invocation-id", id), ("X-Forwarded-For", $"198.51.100.{number}"))));

        await AreOneClientAsync(app, answers);
    }

    /// <summary>
    /// All were counted under one key of each minute, and what was more than allowed in a minute was refused. The processes have the machine's clock, so the answers may fall into two
    /// minutes.
    /// </summary>
    private static async Task AreOneClientAsync(PublishedApp app, IReadOnlyCollection<Answer> answers)
    {
        var counts = new List<TableEntity>();
        await foreach (var row in app.Table("throttle").QueryAsync<TableEntity>("PartitionKey ge 'code-' and PartitionKey lt 'code.'", cancellationToken: TestContext.Current.CancellationToken))
        {
            counts.Add(row);
        }

        Assert.All(counts.GroupBy(row => row.PartitionKey), minute => Assert.Single(minute));
        Assert.All(counts, row => Assert.InRange(row.GetInt32("Count")!.Value, 1, Allowed));
        Assert.Equal(counts.Sum(row => row.GetInt32("Count")), answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests, answer.ToString()));
    }

    private static Task<Answer> CheckAsync(PublishedApp app, params (string Name, string Value)[] headers) =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers/check", new { code = Unknown }, null, headers);
}
