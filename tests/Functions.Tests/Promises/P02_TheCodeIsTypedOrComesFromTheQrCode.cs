using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Promises;

[Trait("Storage", "both")]
public sealed class P02_TheCodeIsTypedOrComesFromTheQrCode(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("it")]
    [InlineData("en")]
    public async Task The_QR_code_leads_to_the_site_in_the_vouchers_language_with_the_code_in_the_fragment(string language)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var issued = await app.Client.SendAsync(
            HttpMethod.Post, "/api/vouchers", new { count = 1, language }, app.IssuerKey, ("Idempotency-Key", "1"));

        var voucher = issued.Json["vouchers"]![0]!;
        var code = voucher["code"]!.GetValue<string>();
        Assert.Matches("^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$", code);
        Assert.Equal($"http://localhost:4280/?lang={language}#code={code}", voucher["registrationUrl"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_voucher_is_in_French_unless_the_office_says_otherwise()
    {
        await using var app = await TestApp.StartAsync(azurite);

        var issued = await app.Client.SendAsync(HttpMethod.Post, "/api/vouchers", new { count = 1 }, app.IssuerKey, ("Idempotency-Key", "1"));

        Assert.Contains("/?lang=fr#code=", issued.Json["vouchers"]![0]!["registrationUrl"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_works_however_it_is_typed()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var printed = (await Journey.IssueAsync(app, 200)).Select(voucher => voucher.Code)
            .First(code => code.Contains('0', StringComparison.Ordinal) && code.Contains('1', StringComparison.Ordinal));
        var typed = $"  {printed.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l')} ";
        using var person = new Journey(app, typed, "typist@example.ch");

        (await person.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await person.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_typing_error_is_told_from_a_code_that_does_not_exist()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var printed = await Journey.WithVoucherAsync(app);
        var last = printed.Code[^1] == '0' ? '2' : '0';
        using var person = new Journey(app, printed.Code[..^1] + last, "typist@example.ch");

        (await person.CheckAsync()).MustBe(HttpStatusCode.BadRequest, "voucher-code-mistyped");
        (await person.RegisterAsync()).MustBe(HttpStatusCode.BadRequest, "voucher-code-mistyped");
    }

    [Fact]
    public async Task Checking_a_code_never_redeems_it()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.WithVoucherAsync(app);
        var before = await app.DumpAsync();

        for (var scan = 0; scan < 3; scan++)
        {
            var check = await person.CheckAsync();
            check.MustBe(HttpStatusCode.OK);
            Assert.Equal("redeemable", check.Json["status"]!.GetValue<string>());
            Assert.Equal(app.Now.AddYears(1), check.Instant("redeemableUntil"));
        }

        Assert.Equal(before, await app.DumpAsync());
    }
}
