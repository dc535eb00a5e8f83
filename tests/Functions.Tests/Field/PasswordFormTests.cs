using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Security;
using VoucherFunctions.Testing;
using VoucherFunctions.Tests.Documents;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>The same letters come in other characters from another keyboard or program.</summary>
public sealed class PasswordFormTests(AzuriteFixture azurite)
{
    private const string Composed = "Zürich-Forêt-Kaffee 17";
    private const string Decomposed = "Zu\u0308rich-Fore\u0302t-Kaffee 17";

    public static TheoryData<string, string> Passwords => Corpus.Read("passwords.tsv");

    [Theory]
    [MemberData(nameof(Passwords))]
    public async Task A_password_opens_the_account_from_every_keyboard(string set, string typed)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        (await person.ActivateAsync(set)).MustBe(HttpStatusCode.OK);

        (await person.LogInAsync(typed)).MustBe(HttpStatusCode.OK);
        (await person.LogInAsync(typed + "x")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await person.ChangePasswordAsync(typed, Journey.Password)).MustBe(HttpStatusCode.NoContent);
        (await person.ChangePasswordAsync(Journey.Password, typed)).MustBe(HttpStatusCode.NoContent);
        (await person.EraseAsync(set)).MustBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(Decomposed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    [InlineData(Composed, Composed)]
    [InlineData(Composed, Decomposed)]
    [InlineData("lampada\u00A0sul\u00A0lago 42", "lampada\u00A0sul\u00A0lago 42")]
    [InlineData("Vie\u0302\u0323t lantern 93 over", "Vie\u0302\u0323t lantern 93 over")]
    public async Task A_password_from_before_still_opens_the_account_and_from_then_on_in_every_form(string set, string typed)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await KeepAsBeforeAsync(app, person, set);

        (await person.LogInAsync(typed)).MustBe(HttpStatusCode.OK);

        var hash = (await Stored.ReadAsync(app, person)).Voucher.Account!.PasswordHash;
        Assert.Equal(HashOf(app, PasswordForms.Normal(set), hash), hash);
        (await person.LogInAsync(PasswordForms.Normal(set))).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("wrong lantern over the lake", 1)]
    [InlineData(Composed, 2)]
    [InlineData(Decomposed, 2)]
    public async Task A_wrong_password_costs_the_same_work_for_a_known_and_an_unknown_address(string typed, int times)
    {
        var computed = 0;
        using var hasher = new PasswordHasher((_, password, _) =>
        {
            computed++;
            return Encoding.UTF8.GetBytes(password.PadRight(32)[..32]);
        });
        Assert.False(hasher.Enter().IsRefused(out _, out var place));
        using var held = place;
        var stored = await place.HashAsync("the right lantern over the lake", TestContext.Current.CancellationToken);

        computed = 0;
        Assert.False(await place.VerifyAsync(typed, stored, TestContext.Current.CancellationToken));
        Assert.Equal(times, computed);
        Assert.False(await place.VerifyAsync(typed, null, TestContext.Current.CancellationToken));
        Assert.Equal(2 * times, computed);
    }

    [Theory]
    [InlineData("xk Mu\u0308ller 82 qm lantern", "personal")]
    [InlineData("xk Müller 82 qm lantern", "personal")]
    [InlineData("xk Ｍüller 82 qm lantern", "personal")]
    [InlineData("xk Öffnung 82 qm lantern", "service-name")]
    [InlineData("xk O\u0308ffnung 82 qm lantern", "service-name")]
    [InlineData("e\u0301o\u0308a\u0308u\u0308i\u0302q", "too-short")]
    public void A_password_is_judged_in_its_normal_form(string password, string reason)
    {
        foreach (var typedName in (string[])["Jo Müller", "Jo Mu\u0308ller"])
        {
            Assert.True(PersonName.TryParse(typedName, out var name));
            Assert.True(EmailAddress.TryParse("jo@example.ch", out var email));

            Assert.Equal(reason, PasswordPolicy.Check(password, name, email, "O\u0308ffnung")?.Members.Single(member => member.Name == "reason").Value);
        }
    }

    /// <summary>A hash as it was made before there was a normal form.</summary>
    private static async Task KeepAsBeforeAsync(TestApp app, Journey person, string password)
    {
        var read = await Stored.ReadAsync(app, person);
        var account = read.Voucher.Account!;
        await Stored.CommitAsync(app, read, read.Voucher with { Account = account with { PasswordHash = HashOf(app, password, account.PasswordHash) } });
    }

    /// <summary>The hash of exactly these characters, with the cost and the salt of another hash.</summary>
    private static string HashOf(TestApp app, string password, string other)
    {
        var parts = other.Split('$');
        var salt = Convert.FromBase64String(parts[4].PadRight((parts[4].Length + 3) / 4 * 4, '='));
        parts[5] = Convert.ToBase64String(app.Services.GetRequiredService<DerivePassword>()(new PasswordCost(19456, 2), password, salt)).TrimEnd('=');
        return string.Join('$', parts);
    }
}
