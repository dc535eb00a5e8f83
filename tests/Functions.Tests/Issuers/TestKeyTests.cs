using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class TestKeyTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_test_key_shows_what_it_is_and_marks_what_it_issues()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var test = await office.WithNewKeyAsync(test: true);

        var issued = await test.IssueAsync(new { count = 1 });
        var live = await office.IssueAsync(new { count = 1 });

        Assert.StartsWith("vftest_", test.Key, StringComparison.Ordinal);
        Assert.True(issued.Json["test"]!.GetValue<bool>());
        Assert.True((await test.BatchAsync(issued.Json["batchId"]!.GetValue<string>())).Json["vouchers"]![0]!["test"]!.GetValue<bool>());
        Assert.DoesNotContain("test", live.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_voucher_can_be_redeemed_for_a_week()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var test = await (await Office.NewAsync(app)).WithNewKeyAsync(test: true);
        var (_, vouchers) = await test.NewBatchAsync(1);
        using var person = new Journey(app, vouchers[0].Code, "a@example.ch");
        app.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await person.CheckAsync()).Status);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await person.CheckAsync();

        Assert.Equal("voucher-expired", answer.Code);
    }

    [Fact]
    public async Task A_test_voucher_cannot_be_asked_to_live_longer()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var test = await (await Office.NewAsync(app)).WithNewKeyAsync(test: true);

        var answer = await test.IssueAsync(new { count = 1, redeemableUntil = app.Now.AddDays(8) });

        Assert.Equal("out-of-range", answer.Json["errors"]!["redeemableUntil"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Mails_of_a_test_voucher_say_so()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var test = await (await Office.NewAsync(app)).WithNewKeyAsync(test: true);
        var (_, vouchers) = await test.NewBatchAsync(1);
        using var person = new Journey(app, vouchers[0].Code, "a@example.ch");
        await person.RegisterAsync();
        await person.ActivateAsync();

        await person.Client.PostAsync("/api/profile/erase", new { password = Journey.Password });

        await app.SettleAsync();
        Assert.Equal(2, app.Mailbox.To("a@example.ch").Count);
        Assert.All(app.Mailbox.To("a@example.ch"), mail => Assert.StartsWith("[Test] ", mail.Content.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Live_and_test_keys_of_an_office_do_not_see_each_other()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var test = await office.WithNewKeyAsync(test: true);
        var (liveBatch, live) = await office.NewBatchAsync(1);
        var (testBatch, tests) = await test.NewBatchAsync(1);

        string?[] codes =
        [
            (await test.BatchAsync(liveBatch)).Code, (await office.BatchAsync(testBatch)).Code, (await test.GetAsync($"/api/vouchers/{live[0].Id}")).Code,
            (await office.GetAsync($"/api/vouchers/{tests[0].Id}")).Code, (await test.PostAsync($"/api/vouchers/{live[0].Id}/revoke")).Code,
        ];

        string?[] expected = ["batch-unknown", "batch-unknown", "voucher-unknown", "voucher-unknown", "voucher-unknown"];
        Assert.Equal(expected, codes);
    }

    [Fact]
    public async Task The_same_idempotency_key_means_another_batch_with_a_test_key()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app);
        var test = await office.WithNewKeyAsync(test: true);
        var live = await office.IssueAsync(new { count = 1 }, idempotencyKey: "once");

        var tested = await test.IssueAsync(new { count = 1 }, idempotencyKey: "once");

        Assert.Equal(HttpStatusCode.Created, tested.Status);
        Assert.NotEqual(live.Json["batchId"]!.GetValue<string>(), tested.Json["batchId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Test_vouchers_have_a_quota_of_their_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var office = await Office.NewAsync(app, dailyQuota: 1);
        var test = await office.WithNewKeyAsync(test: true);
        await test.NewBatchAsync(2);

        var live = await office.IssueAsync(new { count = 1 });
        var over = await office.IssueAsync(new { count = 1 });

        Assert.True(live.Status == HttpStatusCode.Created, live.ToString());
        Assert.Equal("quota-exceeded", over.Code);
        Assert.Equal(HttpStatusCode.Created, (await test.IssueAsync(new { count = 1 })).Status);
    }

    [Fact]
    public async Task A_test_sheet_says_that_it_is_one()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var test = await (await Office.NewAsync(app)).WithNewKeyAsync(test: true);

        var answer = await test.IssueAsync(new { count = 1 }, "application/pdf");

        Assert.Contains("Bon de test", Sheets.TextOf(answer), StringComparison.Ordinal);
    }
}
