using SiteTests.Browser;
using SiteTests.Server;

namespace SiteTests.Walks;

[Collection(nameof(MovedClock))]
public sealed class JourneyTests(MovedClockServer clock, Chromium chromium)
{
    /// <summary>Every language, with pointer and keyboard, on a wide and on a narrow page: each once.</summary>
    [Theory]
    [InlineData("fr", "pointer", 1280)]
    [InlineData("en", "keyboard", 1280)]
    [InlineData("de", "pointer", 320)]
    [InlineData("it", "keyboard", 320)]
    public Task A_voucher_becomes_an_account_lives_ninety_days_and_locks(string language, string hands, int width) => WalkAsync(language, hands, width);

    [Theory]
    [Trait("Run", "all")]
    [InlineData("de", "pointer", 1280)]
    [InlineData("it", "pointer", 1280)]
    [InlineData("en", "pointer", 1280)]
    [InlineData("fr", "keyboard", 1280)]
    public Task So_it_does_in_the_other_combinations(string language, string hands, int width) => WalkAsync(language, hands, width);

    private async Task WalkAsync(string language, string hands, int width)
    {
        var voucher = await clock.Server.IssueAsync(language);
        using var film = new QrFilm(voucher.RegistrationUrl);
        await using var browser = await chromium.LaunchWithCameraAsync(film.Path);
        await using var tab = await Tab.OpenAsync(browser, clock.Server.Url, new TabOptions { Language = language, Width = width });

        await new Journey(clock.Server, tab, Hands.Of(hands, tab.Page)).WalkAsync(voucher);
    }
}
