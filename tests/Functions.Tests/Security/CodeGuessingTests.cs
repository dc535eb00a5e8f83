using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class CodeGuessingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task After_ten_wrong_codes_a_network_address_waits_for_the_next_minute()
    {
        await using var app = await TestApp.StartAsync(azurite);
        app.MoveTo("2026-11-22T10:00:00Z");
        for (var guess = 0; guess < 10; guess++)
        {
            (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(50, (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);

        Assert.Equal(2, app.Calls.OfLastRequest.Count);
        (await CheckAsync(app, WrongCode(), "203.0.113.2")).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        app.Clock.Advance(TimeSpan.FromSeconds(50));
        (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(9, false)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    [InlineData(60, false)]
    [InlineData(30, true)]
    public async Task However_many_wrong_codes_one_visitor_typed_the_next_person_of_the_office_registers(int wrongCodes, bool isAtOnce)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var right = (await Journey.IssueAsync(app, 1))[0].Code;
        for (var guess = 0; guess < wrongCodes && !isAtOnce; guess++)
        {
            await CheckAsync(app, WrongCode());
        }
        var meanwhile = isAtOnce ? [.. Enumerable.Range(0, wrongCodes).Select(_ => CheckAsync(app, WrongCode()))] : Array.Empty<Task<Answer>>();

        (await CheckAsync(app, right)).MustBe(HttpStatusCode.OK);
        (await RegisterAsync(app, right)).MustBe(HttpStatusCode.Accepted);

        (await CheckAsync(app, right)).MustBe(HttpStatusCode.Conflict, "voucher-pending");
        await Task.WhenAll(meanwhile);
    }

    [Fact]
    public async Task Two_instances_count_the_wrong_codes_of_a_network_address_together()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await using var other = await TestApp.StartBehindAsync(azurite, app, TimeSpan.Zero);

        for (var guess = 0; guess < 10; guess++)
        {
            (await CheckAsync(guess % 2 == 0 ? app : other, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        }

        (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
        (await CheckAsync(other, WrongCode())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    [Fact]
    public async Task Of_100_wrong_codes_at_once_exactly_ten_are_evaluated()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CheckAsync(app, WrongCode())));

        Assert.Equal(10, answers.Count(answer => answer.Code == "voucher-unknown"));
        Assert.Equal(90, answers.Count(answer => answer.Code == "too-many-attempts"));
    }

    [Fact]
    public async Task Right_codes_are_free_among_wrong_ones_also_in_parallel()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var right = (await Journey.IssueAsync(app, 60)).Select(voucher => voucher.Code);
        var wrong = Enumerable.Range(0, 9).Select(_ => WrongCode());

        var answers = await Task.WhenAll(right.Concat(wrong).Select(code => CheckAsync(app, code)));

        Assert.Equal(60, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(answer => answer.Code == "voucher-unknown"));
    }

    [Fact]
    public async Task Checks_and_registrations_count_together()
    {
        await using var app = await TestApp.StartAsync(azurite);
        for (var guess = 0; guess < 5; guess++)
        {
            (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
            (await RegisterAsync(app, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        }

        (await RegisterAsync(app, WrongCode())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
        (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    [Fact]
    public async Task A_mistyped_code_is_no_guess()
    {
        await using var app = await TestApp.StartAsync(azurite);

        for (var attempt = 0; attempt < 20; attempt++)
        {
            (await CheckAsync(app, "0000-0000-0000-0001")).MustBe(HttpStatusCode.BadRequest, "voucher-code-mistyped");
        }

        (await CheckAsync(app, WrongCode())).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
    }

    [Fact]
    public async Task Addresses_written_before_the_one_of_the_trusted_proxy_do_not_help()
    {
        await using var app = await TestApp.StartAsync(azurite);

        for (var guess = 0; guess < 10; guess++)
        {
            (await CheckAsync(app, WrongCode(), $"198.51.100.{guess}, 203.0.113.1")).MustBe(HttpStatusCode.NotFound, "voucher-unknown");
        }

        (await CheckAsync(app, WrongCode(), "198.51.100.99, 203.0.113.1")).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    private static string WrongCode() => VoucherCode.FromBits(RandomNumberGenerator.GetBytes(10)).ToString();

    private static Task<Answer> CheckAsync(TestApp app, string code, string from = "203.0.113.1") =>
        app.Client.SendAsync(HttpMethod.Post, "/api/vouchers/check", new { code }, headers: ("X-Forwarded-For", from));

    private static Task<Answer> RegisterAsync(TestApp app, string code) => app.Client.SendAsync(
        HttpMethod.Post,
        "/api/registrations",
        new { code, name = "Anne Muster", email = "anne@example.ch", language = "fr" },
        headers: ("X-Forwarded-For", "203.0.113.1"));
}
