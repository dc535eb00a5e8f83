using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Hosting;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

/// <summary>Every route of the offices × whose object it is × who calls.</summary>
public sealed class IsolationTests(AzuriteFixture azurite)
{
    /// <summary>Route, its status for the own object, and the code for an object that is not there. {batch} and {voucher} stand for the object's id.</summary>
    public static TheoryData<string, string, int, string?> Routes => new()
    {
        { "POST", "/api/vouchers", 201, null },
        { "GET", "/api/vouchers/{voucher}", 200, "voucher-unknown" },
        { "POST", "/api/vouchers/{voucher}/revoke", 204, "voucher-unknown" },
        { "GET", "/api/vouchers/batches/{batch}", 200, "batch-unknown" },
        { "POST", "/api/vouchers/batches/{batch}/revoke", 200, "batch-unknown" },
        { "GET", "/api/counts", 200, null },
    };

    public static IEnumerable<TheoryDataRow<string, string, int, string?>> RoutesOfObjects => Routes.Where(row => row.Data.Item4 is not null);

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_office_reaches_its_own(string method, string route, int status, string? unknown)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);

        var answer = await SendAsync(app, method, await OwnedByAsync(office, route), office.Key);

        Assert.True((int)answer.Status == status, $"{answer} {unknown}");
    }

    [Theory]
    [MemberData(nameof(RoutesOfObjects))]
    public async Task What_is_another_office_s_is_not_there_by_status_body_and_storage_calls(string method, string route, int status, string? unknown)
    {
        Assert.True(status < 300);
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var other = await Office.NewAsync(app);
        var theirs = await OwnedByAsync(other, route);
        var nobodys = Unknown(route);

        var foreign = await SendAsync(app, method, theirs, office.Key);
        var callsForForeign = app.Calls.OfLastRequest.Count;
        var missing = await SendAsync(app, method, nobodys, office.Key);
        var callsForMissing = app.Calls.OfLastRequest.Count;

        Assert.Equal(unknown, foreign.Code);
        Assert.Equal(missing.ToString(), foreign.ToString());
        Assert.Equal(callsForMissing, callsForForeign);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task What_another_office_tries_changes_nothing(string method, string route, int status, string? unknown)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var other = await Office.NewAsync(app);
        var theirs = await OwnedByAsync(other, route);
        var before = await app.DumpAsync("vouchers");

        await SendAsync(app, method, theirs, office.Key);

        var after = await app.DumpAsync("vouchers");
        Assert.True(before.All(after.Contains), $"{status} {unknown}: a row of the other office changed.");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Without_a_live_key_nothing_is_told(string method, string route, int status, string? unknown)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var revoked = await office.WithNewKeyAsync();
        await app.AdminAsync(HttpMethod.Delete, $"/api/issuers/{office.Id}/keys/{revoked.KeyId}");
        var own = await OwnedByAsync(office, route);
        string?[] keys =
        [
            null, "", TestApp.AdminKey, revoked.Key, $"{office.Key[..^1]}{(office.Key[^1] == 'A' ? 'B' : 'A')}", office.Key.Replace(office.Id, "00000000", StringComparison.Ordinal),
            $"vf_{office.Id}_{office.KeyId}_", new string('x', 5000),
        ];

        var answers = await Task.WhenAll(keys.Select(key => SendAsync(app, method, own, key)));

        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{answer} {status} {unknown}"));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_disabled_office_is_told_only_that(string method, string route, int status, string? unknown)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var own = await OwnedByAsync(office, route);
        await app.AdminAsync(HttpMethod.Patch, $"/api/issuers/{office.Id}", new { disabled = true });

        var answer = await SendAsync(app, method, own, office.Key);

        Assert.True(answer.Code == "issuer-disabled", $"{answer} {status} {unknown}");
        Assert.Single(app.Calls.OfLastRequest);
    }

    [Fact]
    public async Task No_route_of_the_offices_is_missing_here()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var routes = RoutesFor(app, Requires.IssuerKey);

        Assert.Equal(
            Routes.Select(row => $"{row.Data.Item1} {row.Data.Item2.Replace("{voucher}", "{id}", StringComparison.Ordinal).Replace("{batch}", "{batchId}", StringComparison.Ordinal)}").Order(),
            routes.Order());
    }

    [Fact]
    public async Task No_office_reaches_what_is_the_administrators()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var routes = RoutesFor(app, Requires.AdminKey).Select(route => route.Replace("{id}", office.Id, StringComparison.Ordinal).Replace("{keyId}", office.KeyId, StringComparison.Ordinal));

        var answers = await Task.WhenAll(routes.Select(route => SendAsync(app, route.Split(' ')[0], route.Split(' ')[1], office.Key)));

        Assert.True(answers.Length >= 7);
        Assert.All(answers, answer => Assert.Equal("key-required", answer.Code));
    }

    private static IEnumerable<string> RoutesFor(TestApp app, Requires requires) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires == requires)
        .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText!.TrimEnd('/')}");

    private static async Task<string> OwnedByAsync(Office office, string route)
    {
        var (batch, vouchers) = await office.NewBatchAsync(1);
        return route.Replace("{batch}", batch, StringComparison.Ordinal).Replace("{voucher}", vouchers[0].Id, StringComparison.Ordinal);
    }

    private static string Unknown(string route) => route
        .Replace("{batch}", "0123456789abcdefghjkmnpqrstvwxyz", StringComparison.Ordinal)
        .Replace("{voucher}", "0123456789abcdefghjkmnpqrstvwxyz", StringComparison.Ordinal);

    private static Task<Answer> SendAsync(TestApp app, string method, string path, string? key) => app.Client.SendAsync(
        HttpMethod.Parse(method), path, path == "/api/vouchers" ? new { count = 1 } : null, key, ("Idempotency-Key", Guid.NewGuid().ToString()));
}
