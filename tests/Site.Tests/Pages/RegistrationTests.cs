using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Refusals;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

/// <summary>The side paths of a registration: slips, a wrong address, a change of mind.</summary>
public sealed class RegistrationTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private readonly SiteServer _server = shared.Server;
    private readonly string _person = $"{Guid.NewGuid():N}";
    private IssuedVoucher _voucher = null!;
    private Tab _tab = null!;

    public async ValueTask InitializeAsync()
    {
        _voucher = await _server.IssueAsync();
        _tab = await Tab.OpenAsync(chromium.Browser, _server.Url);
        await _tab.Page.Clock.InstallAsync();
        await _tab.CheckCodeAsync(_voucher.Code);
        await _tab.SeesHeadingAsync("details.heading");
    }

    [Fact]
    public async Task A_slip_in_the_address_is_pointed_out_and_corrected_with_one_press()
    {
        await _tab.Field("field.email.label").FillAsync($"{_person}@gmial.com");
        await _tab.Field("field.name.label").FocusAsync();

        await _tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Vouliez-vous dire {_person}@gmail.com" }).ClickAsync();

        await Expect(_tab.Field("field.email.label")).ToHaveValueAsync($"{_person}@gmail.com");
    }

    [Fact]
    public async Task An_address_that_looks_like_a_slip_can_be_kept()
    {
        await SendAsync($"{_person}@gmial.com");

        await _tab.SeesAsync($"Nous avons écrit à {_person}@gmial.com.");
    }

    [Fact]
    public async Task What_is_missing_is_listed_and_each_entry_leads_to_its_field()
    {
        await _tab.Button("details.submit").ClickAsync();

        await Expect(_tab.Page.Locator(".summary")).ToBeFocusedAsync();
        await _tab.Page.GetByRole(AriaRole.Link, new() { Name = "Saisissez votre adresse e‑mail." }).ClickAsync();
        await Expect(_tab.Field("field.email.label")).ToBeFocusedAsync();
        await Expect(_tab.Field("field.email.label")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Saisissez votre adresse e‑mail."));
    }

    [Fact]
    public async Task Pressing_twice_registers_once()
    {
        var sent = 0;
        _tab.Page.Request += (_, request) => sent += request.Url.EndsWith("/api/registrations", StringComparison.Ordinal) ? 1 : 0;
        await _tab.Field("field.name.label").FillAsync("Amélie Rochat");
        await _tab.Field("field.email.label").FillAsync($"{_person}@example.ch");

        await _tab.Button("details.submit").DblClickAsync();

        await _tab.SeesHeadingAsync("checkMail.heading");
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task The_mail_can_be_sent_again_after_a_minute()
    {
        await SendAsync($"{_person}@example.ch");
        await _server.MailAsync($"{_person}@example.ch");
        await Expect(_tab.Button("checkMail.resend")).ToBeDisabledAsync();
        await Expect(_tab.Page.Locator("#resend-wait")).ToContainTextAsync("secondes");

        await _tab.Page.Clock.FastForwardAsync(61_000);

        await Expect(_tab.Button("checkMail.resend")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_wrong_address_is_corrected_and_the_mail_goes_to_the_right_one()
    {
        await SendAsync($"wrong-{_person}@example.ch");

        await _tab.Page.GetByText(_tab.Texts["checkMail.correct"]).ClickAsync();
        await _tab.Field("field.newEmail.label").FillAsync($"right-{_person}@example.ch");
        await _tab.Button("checkMail.correctSubmit").ClickAsync();

        await _tab.SeesAsync($"Nous avons écrit à right-{_person}@example.ch.");
        await _tab.Page.GotoAsync("about:blank");
        await _tab.GoAsync(await _server.LinkAsync($"right-{_person}@example.ch"));
        await _tab.SeesHeadingAsync("activate.heading");
    }

    [Fact]
    public async Task A_registration_can_be_cancelled_and_the_voucher_is_free_again()
    {
        await SendAsync($"{_person}@example.ch");

        await _tab.Button("checkMail.cancel").ClickAsync();
        await _tab.Button("checkMail.cancelYes").ClickAsync();

        await _tab.SeesAsync(_tab.Texts["checkMail.cancelled"]);
        await _tab.CheckCodeAsync(_voucher.Code);
        await _tab.SeesHeadingAsync("details.heading");
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();

    private async Task SendAsync(string email)
    {
        await _tab.Field("field.name.label").FillAsync("Amélie Rochat");
        await _tab.Field("field.email.label").FillAsync(email);
        await _tab.Button("details.submit").ClickAsync();
        await _tab.SeesHeadingAsync("checkMail.heading");
    }
}
