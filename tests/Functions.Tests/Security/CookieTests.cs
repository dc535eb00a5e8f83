using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

public sealed class CookieTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Garbage =>
    [
        "", "x", new string('A', 69), new string('A', 71), new string('!', 70), new string('=', 70), $"{new string('A', 69)}=",
        new string('A', 5000), "%00", "..", "session", $"{new string('A', 35)} {new string('A', 34)}",
    ];

    [Fact]
    public async Task The_cookie_of_a_site_on_localhost_is_closed_to_scripts_and_other_sites()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);

        var cookie = (await person.ActivateAsync()).SessionCookie;

        Assert.Matches("^session=[A-Za-z0-9_-]{70}; path=/; samesite=strict; httponly$", cookie);
    }

    [Fact]
    public async Task The_cookie_of_a_site_on_https_is_bound_to_its_host()
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Site:Origin"] = "https://kurs.example.ch");
        using var person = await Journey.RegisteredAsync(app);

        var cookie = (await person.ActivateAsync()).SessionCookie;

        Assert.Matches("^__Host-session=[A-Za-z0-9_-]{70}; path=/; secure; samesite=strict; httponly$", cookie);
        using var browser = app.NewClient();
        var secret = cookie.Split('=', ';')[1];
        (await AskAsync(browser, $"__Host-session={secret}")).MustBe(HttpStatusCode.OK);
        (await AskAsync(browser, $"session={secret}")).MustBe(HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task Every_log_in_gets_a_secret_of_its_own()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);

        var cookies = new List<string> { await SecretAsync(person), await SecretAsync(person), await SecretAsync(person) };

        Assert.Equal(3, cookies.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_cookie_that_is_none_of_ours_is_refused_without_asking_the_storage(string value)
    {
        await using var app = await TestApp.StartAsync(azurite);

        var answer = await AskAsync(app.Client, $"session={value}");

        answer.MustBe(HttpStatusCode.Unauthorized, "session-required");
        Assert.Empty(app.Calls.OfLastRequest);
    }

    [Fact]
    public async Task A_cookie_with_any_bit_changed_opens_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var thief = app.NewClient();
        var secret = Base64Url.DecodeFromChars(await SecretAsync(person));

        for (var position = 0; position < secret.Length; position++)
        {
            var forged = secret.ToArray();
            forged[position] ^= 1;
            (await AskAsync(thief, $"session={Base64Url.EncodeToString(forged)}")).MustBe(HttpStatusCode.Unauthorized, "session-required");
        }
        (await AskAsync(thief, $"session={Base64Url.EncodeToString(secret)}")).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_stored_and_listed_of_a_session_opens_nothing()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var thief = app.NewClient();
        var secret = await SecretAsync(person);
        var bytes = Base64Url.DecodeFromChars(secret);
        byte[] fromHash = [.. bytes.AsSpan(0, 20), .. SHA256.HashData(bytes.AsSpan(20))];

        (await AskAsync(thief, $"session={Base64Url.EncodeToString(fromHash)}")).MustBe(HttpStatusCode.Unauthorized, "session-required");

        Assert.DoesNotContain(await app.DumpAsync(), row => row.Contains(secret, StringComparison.Ordinal) || row.Contains(Convert.ToHexStringLower(bytes.AsSpan(20)), StringComparison.Ordinal));
    }

    private static Task<Answer> AskAsync(HttpClient client, string cookie) =>
        client.SendAsync(HttpMethod.Get, "/api/profile", null, headers: ("Cookie", cookie));

    private static async Task<string> SecretAsync(Journey person) => (await person.LogInAsync()).SessionCookie.Split('=', ';')[1];
}
