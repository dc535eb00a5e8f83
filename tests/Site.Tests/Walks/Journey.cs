using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Walks;

/// <summary>A person with a paper voucher, from the code to the locked account, seeing only what the site and the mails show.</summary>
public sealed class Journey(SiteServer server, Tab tab, Hands hands)
{
    private const string Name = "Amélie Müller-Rossi";
    private const string FirstPassword = "Lampe Kamin Wolke 27";
    private const string SecondPassword = "Birke+Tasse+Nebel+48";
    private readonly string _email = $"{Guid.NewGuid():N}@example.ch";
    private int _mails;

    private IPage Page => tab.Page;

    /// <param name="voucher">the one whose QR code the camera sees</param>
    public async Task WalkAsync(IssuedVoucher voucher)
    {
        await ScanAsync(voucher);
        await GiveDetailsAsync();
        var lastDay = await ActivateAsync();
        await LogOutAsync();
        await LogInAsync(FirstPassword);
        await LookAtAccountAsync();
        await LogOutAsync();
        await ChooseNewPasswordAsync();
        await LogInAsync(SecondPassword);
        await LiveTheLastDayAsync(lastDay);
        await FindTheAccountLockedAsync(lastDay);
    }

    private async Task ScanAsync(IssuedVoucher voucher)
    {
        await tab.GoAsync("/");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", tab.Texts.Language == "de" ? "de-CH" : tab.Texts.Language);
        await hands.PressAsync(tab.Button("home.scan"));
        await Expect(tab.Field("code.label")).ToHaveValueAsync(voucher.Code);
        await tab.SeesAsync(tab.Texts["home.filled"]);
        await FitsAsync();
        await hands.PressAsync(tab.Button("home.continue"));
    }

    private async Task GiveDetailsAsync()
    {
        await ArriveAsync("details.heading");
        await hands.WriteAsync(tab.Field("field.name.label"), Name);
        await hands.WriteAsync(tab.Field("field.email.label"), _email);
        await hands.PressAsync(tab.Button("details.submit"));
        await ArriveAsync("checkMail.heading");
        await tab.SeesAsync(tab.Texts.Fill("checkMail.address", "email", _email));
    }

    /// <returns>the end of access, from the account's own page</returns>
    private async Task<DateTimeOffset> ActivateAsync()
    {
        await OpenLinkInMailAsync("activate.heading");
        await hands.WriteAsync(tab.Field("field.newPassword.label"), FirstPassword);
        await hands.PressAsync(tab.Button("activate.submit"));
        await Expect(tab.Heading).ToContainTextAsync(Name);
        await Expect(tab.Heading).ToBeFocusedAsync();
        await tab.SeesAsync(tab.Texts["activate.done"]);
        await SeesDaysLeftAsync(90);
        await FitsAsync();
        return await AccessUntilAsync();
    }

    private async Task LookAtAccountAsync()
    {
        await hands.PressAsync(tab.Link("nav.account").First);
        await tab.SeesHeadingAsync("account.heading");
        await SeesDaysLeftAsync(90);
        await tab.SeesAsync(_email);
        await Expect(tab.Field("field.name.label")).ToHaveValueAsync(Name);
        await FitsAsync();
    }

    private async Task LogOutAsync()
    {
        await hands.PressAsync(tab.Button("nav.logout"));
        await ArriveAsync("login.heading");
        await tab.SeesAsync(tab.Texts["login.loggedOut"]);
    }

    private async Task LogInAsync(string password)
    {
        await hands.WriteAsync(tab.Field("field.loginEmail.label"), _email);
        await hands.WriteAsync(tab.Field("field.password.label"), password);
        await hands.PressAsync(Page.Locator("#login-form button[type=submit]"));
        await Expect(tab.Heading).Not.ToHaveTextAsync(tab.Texts["login.heading"]);
    }

    private async Task ChooseNewPasswordAsync()
    {
        await hands.PressAsync(tab.Link("login.forgot"));
        await tab.SeesHeadingAsync("forgot.heading");
        await hands.WriteAsync(tab.Field("field.loginEmail.label"), _email);
        await hands.PressAsync(tab.Button("forgot.submit"));
        await ArriveAsync("forgot.sent.heading");
        await OpenLinkInMailAsync("reset.heading");
        await hands.WriteAsync(tab.Field("field.newPassword.label"), SecondPassword);
        await hands.PressAsync(tab.Button("reset.submit"));
        await ArriveAsync("login.heading");
        await tab.SeesAsync(tab.Texts["reset.done"]);
    }

    private async Task LiveTheLastDayAsync(DateTimeOffset accessUntil)
    {
        await server.SetClockAsync(accessUntil.AddMinutes(-10));
        await tab.GoAsync("/account");
        await ArriveAsync("login.heading");
        await tab.SeesAsync(tab.Texts["login.needed"]);
        await LogInAsync(SecondPassword);
        await tab.SeesHeadingAsync("account.heading");
        await tab.SeesAsync(tab.Texts["days.today"]);
    }

    private async Task FindTheAccountLockedAsync(DateTimeOffset accessUntil)
    {
        await server.SetClockAsync(accessUntil);
        await tab.GoAsync("/training");
        await tab.SeesHeadingAsync("problem.account-expired.title");
        await Expect(tab.Heading).ToBeFocusedAsync();
        await tab.GoAsync("/login");
        await LogInAsync(SecondPassword);
        await tab.SeesHeadingAsync("problem.account-expired.title");
        await tab.SeesAsync(tab.Texts.Fixed("problem.account-expired.when"));
        await FitsAsync();
    }

    private async Task OpenLinkInMailAsync(string heading)
    {
        _mails++;
        var mail = await server.MailAsync(_email, _mails);
        var link = await server.LinkAsync(_email, _mails);
        Assert.Contains($"lang={tab.Texts.Language}", link, StringComparison.Ordinal);
        Assert.NotEmpty(mail.Subject);
        // Somebody opens it in a browser that has chosen no language yet.
        await Page.EvaluateAsync("localStorage.removeItem('language')");
        await Page.GotoAsync("about:blank");
        await tab.GoAsync(link);
        await tab.SeesHeadingAsync(heading);
        Assert.DoesNotContain("token", Page.Url, StringComparison.Ordinal);
        await FitsAsync();
    }

    /// <summary>After a step the keyboard and the screen reader are at the new heading.</summary>
    private async Task ArriveAsync(string heading)
    {
        await tab.SeesHeadingAsync(heading);
        await Expect(tab.Heading).ToBeFocusedAsync();
        await FitsAsync();
    }

    private Task SeesDaysLeftAsync(int days) =>
        tab.SeesAsync(tab.Texts["days.left.other"].Replace("{count}", $"{days}", StringComparison.Ordinal));

    private async Task<DateTimeOffset> AccessUntilAsync()
    {
        var profile = await Page.EvaluateAsync("fetch('/api/profile').then(answer => answer.json())");
        return profile!.Value.GetProperty("accessUntil").GetDateTimeOffset();
    }

    private async Task FitsAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{Page.Url} scrolls sideways.");
}
