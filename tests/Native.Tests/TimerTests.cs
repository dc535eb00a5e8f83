using System.Net;
using System.Text.Json.Nodes;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Native.Tests;

/// <summary>The host hangs on a timer that is answered without a body: docs/decisions has the details.</summary>
public sealed class TimerTests(AzuriteFixture azurite, PublishedFixture published)
{
    internal static readonly string[] Names =
        ["CountVouchers", "DeleteExpiredData", "LockExpiredAccounts", "RemoveOrphanBlobs", "RemoveUnactivatedRegistrations", "RewrapAccountKeys", "SendExpiryReminders", "SendPendingMail"];

    public static TheoryData<string> Timers => [.. Names];

    [Theory]
    [MemberData(nameof(Timers))]
    public async Task A_timer_answers_200_with_a_JSON_body_that_says_what_it_did(string name)
    {
        await using var app = await NativeApp.StartAsync(azurite, published);

        var answer = await app.Client.PostAsync($"/{name}", Body());

        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}\n{app.Process.Log}");
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal($"{name}: due 0, done 0, oldest overdue 00:00:00", Assert.Single(answer.Json["logs"]!.AsArray())!.GetValue<string>());
        Assert.IsType<JsonObject>(answer.Json["outputs"]);
        Assert.Equal(0, answer.Json["returnValue"]!["due"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_timer_without_a_schedule_status_is_run_too()
    {
        await using var app = await NativeApp.StartAsync(azurite, published);
        object body = HttpClientExtensions.Raw("""{"Data":{"timer":{"ScheduleStatus":null,"IsPastDue":true}},"Metadata":{}}""");

        var answer = await app.Client.PostAsync("/SendPendingMail", body);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
    }

    [Fact]
    public async Task No_timer_can_be_reached_by_a_path_that_the_host_forwards()
    {
        await using var app = await NativeApp.StartAsync(azurite, published);

        var answers = await Task.WhenAll(Names.Select(name => app.Client.PostAsync($"/api/{name}", Body())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
    }

    /// <summary>As the real host was seen to post it.</summary>
    internal static object Body() => HttpClientExtensions.Raw("""
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-22T10:00:00+00:00","Next":"2026-11-22T10:05:00+00:00",
        "LastUpdated":"2026-11-22T10:00:00+00:00"},"IsPastDue":false}},
        "Metadata":{"sys":{"MethodName":"timerMon","UtcNow":"2026-11-22T10:00:00Z","RandGuid":"0d0ad7a5-8ef3-4d3f-94ab-9f3a2b8f8a51"}}}
        """);
}
