using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security;

/// <summary>A stranger who knows an address and keeps guessing its password keeps nobody out.</summary>
public sealed class KeepOutTests(AzuriteFixture azurite)
{
    private const string Wrong = "wrong horse battery staple";
    private const string New = "a new lantern over the lake";

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 0)]
    [InlineData(30, 0)]
    [InlineData(5, 14)]
    [InlineData(8, 60)]
    [InlineData(50, 600)]
    public async Task However_long_a_stranger_guesses_the_person_logs_in_with_the_browser_used_before(int guesses, int minutesBetween)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var stranger = person.Elsewhere();
        (await person.EndSessionAsync("current")).MustBe(HttpStatusCode.NoContent);

        for (var guess = 0; guess < guesses; guess++)
        {
            await stranger.LogInAsync(Wrong);
            app.Clock.Advance(TimeSpan.FromSeconds(minutesBetween));
        }
        for (var guess = 0; guess < 5; guess++)
        {
            await stranger.LogInAsync(Wrong);
        }

        (await stranger.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
        (await person.LogInAsync()).MustBe(HttpStatusCode.OK);
        (await stranger.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    [Fact]
    public async Task A_signed_in_person_changes_the_password_and_erases_the_account_while_a_stranger_guesses()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await KeepGuessingAsync(app, person);

        (await person.ChangePasswordAsync(Journey.Password, New)).MustBe(HttpStatusCode.NoContent);
        await KeepGuessingAsync(app, person);
        (await person.EraseAsync(New)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task After_a_reset_a_new_browser_gets_in_although_the_stranger_goes_on()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var newBrowser = person.Elsewhere();
        await KeepGuessingAsync(app, person);
        (await newBrowser.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");

        (await newBrowser.CompleteResetAsync(await LinkAsync(person), New)).MustBe(HttpStatusCode.NoContent);
        await KeepGuessingAsync(app, person);

        (await newBrowser.LogInAsync(New)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_reset_gives_every_browser_its_free_attempts_back()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var phone = person.Elsewhere();
        await KeepGuessingAsync(app, person);
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await person.LogInAsync(Wrong);
        }
        (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");

        using var tablet = person.Elsewhere();
        (await tablet.CompleteResetAsync(await LinkAsync(person), New)).MustBe(HttpStatusCode.NoContent);

        (await person.LogInAsync(New)).MustBe(HttpStatusCode.OK);
        (await phone.LogInAsync(New)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_in_a_browser_that_has_logged_in_before_are_slowed_too_and_slow_nobody_else()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var phone = person.Elsewhere();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => person.LogInAsync(Wrong)));

        Assert.Equal(5, answers.Count(answer => answer.Code == "credentials-wrong"));
        Assert.Equal(60, (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
        (await phone.LogInAsync()).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_in_an_open_session_are_slowed_too_and_slow_nobody_else()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var phone = person.Elsewhere();
        (await phone.LogInAsync()).MustBe(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(attempt => attempt % 2 == 0 ? person.ChangePasswordAsync(Wrong, New) : person.EraseAsync(Wrong)));

        Assert.Equal(5, answers.Count(answer => answer.Code == "credentials-wrong"));
        Assert.Equal(19, answers.Count(answer => answer.Code == "too-many-attempts"));
        Assert.Equal(60, (await person.EraseAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts").RetryAfter);
        (await phone.ChangePasswordAsync(Journey.Password, New)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Two_instances_know_the_same_browsers_and_count_for_them_together()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await using var other = await TestApp.StartBehindAsync(azurite, app, TimeSpan.Zero);
        using var person = await Journey.ActivatedAsync(app);
        await KeepGuessingAsync(app, person);
        var device = (await person.LogInAsync()).MustBe(HttpStatusCode.OK).DeviceCookie.Split(';')[0];

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await LogInAsync(attempt % 2 == 0 ? app : other, Wrong)).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        }

        (await LogInAsync(other, Journey.Password)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
        (await LogInAsync(app, Journey.Password)).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");

        Task<Answer> LogInAsync(TestApp process, string password) => AttemptAsync(process, person.Email, password, device);
    }

    [Theory]
    [InlineData("a bit changed")]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("random")]
    [InlineData("of somebody else")]
    [InlineData("the stored id")]
    [InlineData("empty")]
    public async Task A_device_cookie_that_the_account_does_not_know_counts_with_the_strangers(string kind)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        using var somebody = await Journey.ActivatedAsync(app);
        var own = Value(await person.LogInAsync());
        var bytes = Base64Url.DecodeFromChars(own);
        bytes[7] ^= 1;
        var stored = (await app.DumpAsync()).SelectMany(row => row.Split('"', '=', ',', ':', ' ')).First(word => word.Length == 32 && word.All(char.IsAsciiLetterOrDigit));
        var cookie = kind switch
        {
            "a bit changed" => Base64Url.EncodeToString(bytes),
            "cut" => own[..^1],
            "longer" => own + "A",
            "random" => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            "of somebody else" => Value(await somebody.LogInAsync()),
            "the stored id" => stored + new string('A', 11),
            _ => "",
        };
        await KeepGuessingAsync(app, person);

        (await AttemptAsync(app, person.Email, Journey.Password, $"device={cookie}")).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");

        (await AttemptAsync(app, person.Email, Journey.Password, $"device={own}")).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_device_cookie_never_replaces_the_password_and_a_planted_one_is_not_taken_over()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var own = Value(await person.LogInAsync());
        var planted = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

        (await AttemptAsync(app, person.Email, Wrong, $"device={own}")).MustBe(HttpStatusCode.Unauthorized, "credentials-wrong");
        (await app.Client.SendAsync(HttpMethod.Get, "/api/profile", null, headers: ("Cookie", $"device={own}; session={own}"))).MustBe(HttpStatusCode.Unauthorized, "session-required");
        var answer = (await AttemptAsync(app, person.Email, Journey.Password, $"device={planted}")).MustBe(HttpStatusCode.OK);

        Assert.NotEqual(planted, Value(answer));
        Assert.Equal(own, Value(await AttemptAsync(app, person.Email, Journey.Password, $"device={own}")));
    }

    [Fact]
    public async Task The_sixth_browser_takes_the_place_of_the_one_used_longest_ago()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        var devices = new List<string>();
        for (var browser = 0; browser < 5; browser++)
        {
            using var elsewhere = person.Elsewhere();
            devices.Add(Value((await elsewhere.LogInAsync()).MustBe(HttpStatusCode.OK)));
        }
        await KeepGuessingAsync(app, person);

        (await person.LogInAsync()).MustBe(HttpStatusCode.TooManyRequests, "too-many-attempts");
        foreach (var device in devices)
        {
            (await AttemptAsync(app, person.Email, Journey.Password, $"device={device}")).MustBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("http://localhost:8080", "^device=[A-Za-z0-9_-]{43}; max-age=7862400; path=/; samesite=strict; httponly$")]
    [InlineData("https://kurs.example.ch", "^__Host-device=[A-Za-z0-9_-]{43}; max-age=7862400; path=/; secure; samesite=strict; httponly$")]
    public async Task The_device_cookie_is_closed_to_scripts_and_other_sites_and_is_stored_nowhere(string site, string form)
    {
        await using var app = await TestApp.StartAsync(azurite, options => options.Settings["Site:Origin"] = site);
        using var person = await Journey.RegisteredAsync(app);

        var answer = (await person.ActivateAsync()).MustBe(HttpStatusCode.OK);

        Assert.Equal(2, answer.Headers.GetValues("Set-Cookie").Count());
        Assert.Matches(form, answer.DeviceCookie);
        var secret = Value(answer);
        Assert.DoesNotContain(await app.DumpAsync(), row => row.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<string> LinkAsync(Journey person)
    {
        (await person.RequestResetAsync()).MustBe(HttpStatusCode.Accepted);
        return await person.TokenAsync();
    }

    private static async Task KeepGuessingAsync(TestApp app, Journey person)
    {
        for (var guess = 0; guess < 6; guess++)
        {
            await AttemptAsync(app, person.Email, Wrong, "device=");
        }
    }

    private static Task<Answer> AttemptAsync(TestApp app, string email, string password, string cookie) =>
        app.NewClient().SendAsync(HttpMethod.Post, "/api/sessions", new { email, password }, headers: [("Cookie", cookie), ("X-Forwarded-For", "198.51.100.7")]);

    private static string Value(Answer answer) => answer.DeviceCookie.Split('=', ';')[1];
}
