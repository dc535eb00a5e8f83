using System.Net;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class PasswordPolicyTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("vK2 zq7 wM9x", null)]
    [InlineData("vK2 zq7 wM9", "too-short")]
    [InlineData("🐎🔋🧷🐎🔋🧷🐎🔋🧷🐎🔋", "too-short")]
    [InlineData("zq7 🐎 vK2 🔋 ÿ", null)]
    [InlineData("passwordpassword", "guessable")]
    [InlineData("aaaaaaaaaaaaaaaa", "guessable")]
    [InlineData("123456789012", "guessable")]
    [InlineData("ghhh47hj7649", "common")]
    [InlineData("1q2w3e4r5t6y", "common")]
    [InlineData("xk Keller 82 qm lantern", "personal")]
    [InlineData("xk kELLER 82 qm lantern", "personal")]
    [InlineData("lantern bluebird99 over", "personal")]
    [InlineData("lantern example over sea", "personal")]
    [InlineData("lantern Kursplatz over", "service-name")]
    [InlineData("lantern formationenligne", "service-name")]
    public void A_password_is_judged_with_a_reason(string password, string? reason)
    {
        Assert.True(PersonName.TryParse("Jo Keller", out var name));
        Assert.True(EmailAddress.TryParse("bluebird99@example.ch", out var email));

        var refusal = PasswordPolicy.Check(password, name, email, password.Contains("formation", StringComparison.Ordinal) ? "Formation en ligne" : "Kursplatz");

        Assert.Equal(reason, refusal?.Members.Single(member => member.Name == "reason").Value);
    }

    [Fact]
    public void A_password_has_128_characters_at_most_and_all_of_them_count()
    {
        Assert.True(PersonName.TryParse("Jo Keller", out var name));
        Assert.True(EmailAddress.TryParse("jo@example.ch", out var email));
        var longest = string.Concat(Enumerable.Range(0, 64).Select(n => (char)('a' + n * 7 % 26) + "é"));

        Assert.Null(PasswordPolicy.Check(longest, name, email, "Kursplatz"));
        Assert.Equal("too-long", PasswordPolicy.Check(longest + "x", name, email, "Kursplatz")?.Members.Single().Value);
    }

    [Theory]
    [InlineData("xq lantern formation 82")]
    [InlineData("xq lantern Online-Kurs")]
    [InlineData("xq lantern OnlineKurs 82")]
    [InlineData("xq lantern formazione 82")]
    [InlineData("xq lantern FORMAZIONEONLINE")]
    [InlineData("xq lantern trainings 82")]
    [InlineData("onlinetraining lantern")]
    public async Task The_name_of_the_service_is_refused_in_a_password_in_every_language(string password)
    {
        await using var app = await TestApp.StartAsync(azurite, InFourLanguages);
        using var person = await Journey.RegisteredAsync(app);

        var refused = (await person.ActivateAsync(password)).MustBe(HttpStatusCode.BadRequest, "password-too-weak");

        Assert.Equal("service-name", refused.Text("reason"));
    }

    [Fact]
    public async Task The_last_of_128_characters_counts()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var password = "correct horse battery staple ".PadRight(127, 'ü') + "x";
        (await person.ActivateAsync(password)).MustBe(HttpStatusCode.OK);

        (await person.LogInAsync(password[..^1] + "y")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync(password[..^1])).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.LogInAsync(password)).MustBe(HttpStatusCode.OK);
    }

    private static void InFourLanguages(TestAppOptions options)
    {
        options.Settings["Site:ServiceNameFr"] = "Formation en ligne";
        options.Settings["Site:ServiceNameDe"] = "Online-Kurs";
        options.Settings["Site:ServiceNameIt"] = "Formazione online";
        options.Settings["Site:ServiceNameEn"] = "Online training";
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        Assert.Equal("too-short", (await person.ActivateAsync("short")).MustBe(HttpStatusCode.BadRequest, "password-too-weak").Text("reason"));
        Assert.Equal("personal", (await person.ActivateAsync("anne muster 1234 xyz")).MustBe(HttpStatusCode.BadRequest, "password-too-weak").Text("reason"));

        (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_reset_link_up()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await person.RequestResetAsync();
        var token = await person.TokenAsync();

        (await person.CompleteResetAsync(token, "kursplatz kursplatz")).MustBe(HttpStatusCode.BadRequest, "password-too-weak");

        (await person.CompleteResetAsync(token, "a new lantern over the lake")).MustBe(HttpStatusCode.NoContent);
        (await person.CompleteResetAsync(token, "a new lantern over the lake")).MustBe(HttpStatusCode.Gone, "reset-used");
    }
}
