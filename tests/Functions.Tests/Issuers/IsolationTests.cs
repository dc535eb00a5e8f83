using System.Net;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>Every route of the offices × whose object it is × who calls.</summary>
public sealed class IsolationTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Routes => [.. IssuerRoutes.Of(Requires.IssuerKey)];

    public static TheoryData<string> RoutesOfObjects => [.. IssuerRoutes.Of(Requires.IssuerKey).Where(route => route.Contains('{', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_office_reaches_its_own(string route)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await IssuerRoutes.SendAsync(app, route, await OwnAsync(office, route), office.Key);

        Assert.True((int)answer.Status is >= 200 and < 300, answer.ToString());
    }

    [Theory]
    [MemberData(nameof(RoutesOfObjects))]
    public async Task What_is_not_its_own_is_not_there_by_status_headers_body_and_storage_calls(string route)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var foreign = await ForeignObjects.NewAsync(app, office);
        var (_, unknown) = IssuerRoutes.To(route, "", "");
        foreach (var accept in (string?[])[null, "text/csv", "application/pdf"])
        {
            var missing = await TellAsync(app, route, IssuerRoutes.ToNothing(route), office.Key, accept);
            Assert.Contains($"\"{unknown}\"", missing, StringComparison.Ordinal);

            foreach (var (batch, voucher) in from batch in foreign.Batches from voucher in foreign.Vouchers select (batch, voucher))
            {
                Assert.Equal(missing, await TellAsync(app, route, IssuerRoutes.To(route, batch, voucher).Path, office.Key, accept));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task What_another_office_tries_changes_nothing(string route)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var other = await Office.NewAsync(app);
        var theirs = await OwnAsync(other, route);
        var before = await app.DumpAsync("vouchers");

        await IssuerRoutes.SendAsync(app, route, theirs, office.Key);

        var after = await app.DumpAsync("vouchers");
        Assert.True(before.All(after.Contains), "A row of the other office changed.");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Without_a_live_key_nothing_is_told(string route)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var revoked = await office.WithNewKeyAsync();
        await app.AdminAsync(HttpMethod.Delete, $"/api/issuers/{office.Id}/keys/{revoked.KeyId}");
        var own = await OwnAsync(office, route);
        string?[] malformed = [null, "", TestApp.AdminKey, new string('x', 5000)];
        string[] wellFormed =
        [
            revoked.Key, $"{office.Key[..^1]}{(office.Key[^1] == 'A' ? 'B' : 'A')}", office.Key.Replace(office.Id, "00000000", StringComparison.Ordinal), $"vf_{office.Id}_{office.KeyId}_",
        ];

        var answers = new List<string>();
        foreach (var key in malformed.Concat(wellFormed))
        {
            answers.Add(await TellAsync(app, route, own, key));
        }

        Assert.All(answers, answer => Assert.StartsWith("401 ", answer, StringComparison.Ordinal));
        Assert.Single(answers.Take(malformed.Length).Distinct());
        Assert.Single(answers.Skip(malformed.Length).Distinct());
        Assert.Single(answers.Select(answer => answer.Split('\n')[0]).Distinct());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_disabled_office_is_told_only_that(string route)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var own = await OwnAsync(office, route);
        await app.AdminAsync(HttpMethod.Patch, $"/api/issuers/{office.Id}", new { disabled = true });

        var answer = await IssuerRoutes.SendAsync(app, route, own, office.Key);

        Assert.Equal("issuer-disabled", answer.Code);
        Assert.Single(app.Calls.OfLastRequest);
    }

    [Fact]
    public async Task The_counts_of_an_office_are_its_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        await office.NewBatchAsync(2);
        await (await Office.NewAsync(app)).NewBatchAsync(3);

        var answer = await office.GetAsync("/api/counts");

        Assert.Equal(2, answer.Json["total"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task No_office_reaches_what_is_the_administrators()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var routes = IssuerRoutes.Of(Requires.AdminKey);

        var answers = await Task.WhenAll(routes.Select(route => app.Client.SendAsync(
            HttpMethod.Parse(route.Split(' ')[0]),
            route.Split(' ')[1].Replace("{id}", office.Id, StringComparison.Ordinal).Replace("{keyId}", office.KeyId, StringComparison.Ordinal),
            null,
            office.Key)));

        Assert.True(answers.Length >= 7);
        Assert.All(answers, answer => Assert.Equal("key-required", answer.Code));
        Assert.Equal(HttpStatusCode.Created, (await office.IssueAsync(new { count = 1 })).Status);
    }

    private static async Task<string> OwnAsync(Office office, string route)
    {
        var (batch, vouchers) = await office.NewBatchAsync(1);
        return IssuerRoutes.To(route, batch, vouchers[0].Id).Path;
    }

    /// <summary>All that a caller can learn: status and body on the first line, the headers but for the date, and how the time was spent.</summary>
    private static async Task<string> TellAsync(TestApp app, string route, string path, string? key, string? accept = null)
    {
        var answer = await IssuerRoutes.SendAsync(app, route, path, key, accept);
        var headers = answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        var calls = app.Calls.OfLastRequest.Select(call => call.Split('(')[0]);
        return $"{answer}\n{answer.ContentType}\n{string.Join('\n', headers)}\n{string.Join('\n', calls)}";
    }
}
