using System.Net;
using Azure.Core;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

public sealed class HealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Live_is_true_without_the_storage_and_ready_is_not()
    {
        var storage = new BrokenStorage();
        await using var app = await StartAsync(storage);
        (await app.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.OK);

        storage.IsBroken = true;

        (await app.Client.GetAsync("/api/health", bearer: null)).MustBe(HttpStatusCode.OK);
        (await app.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
    }

    [Fact]
    public async Task Ready_is_not_true_without_the_blobs_alone()
    {
        var storage = new BrokenStorage { IsBroken = true };
        await using var app = await TestApp.StartAsync(azurite, options => options.Blobs = client => client.AddPolicy(storage, HttpPipelinePosition.PerCall));

        (await app.Client.GetAsync("/api/health/ready", bearer: null)).MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
    }

    [Fact]
    public async Task A_log_in_while_the_storage_is_away_is_refused_and_opens_nothing()
    {
        var storage = new BrokenStorage();
        await using var app = await StartAsync(storage);
        using var person = await Journey.ActivatedAsync(app);

        storage.IsBroken = true;
        var answer = await person.LogInAsync();

        Assert.Equal("5", answer.MustBe(HttpStatusCode.ServiceUnavailable, "storage-unavailable").Headers.GetValues("Retry-After").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("switched off", answer.Body, StringComparison.Ordinal);
    }

    private Task<TestApp> StartAsync(BrokenStorage storage) =>
        TestApp.StartAsync(azurite, options => options.Tables = client => client.AddPolicy(storage, HttpPipelinePosition.PerCall));
}
