using Microsoft.Playwright;
using SiteTests.Browser;
using SiteTests.Server;
using static Microsoft.Playwright.Assertions;

namespace SiteTests.Pages;

public sealed class CodeFieldTests(SharedServer shared, Chromium chromium) : IAsyncLifetime
{
    private Tab _tab = null!;

    private ILocator Code => _tab.Field("code.label");

    public async ValueTask InitializeAsync()
    {
        _tab = await Tab.OpenAsync(chromium.Browser, shared.Server.Url);
        await _tab.GoAsync("/");
    }

    [Fact]
    public async Task A_code_groups_itself_and_forgives_case_spaces_and_look_alikes()
    {
        var code = (await shared.Server.IssueAsync()).Code;
        var careless = code.ToLowerInvariant().Replace('-', ' ').Replace('0', 'o').Replace('1', 'l');

        await Code.PressSequentiallyAsync(careless);

        await Expect(Code).ToHaveValueAsync(code);
        await Expect(_tab.Page.Locator("#code-error")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_typing_error_is_told_at_once_without_asking_the_service()
    {
        var asked = false;
        _tab.Page.Request += (_, request) => asked |= request.Url.Contains("/api/", StringComparison.Ordinal);
        var code = (await shared.Server.IssueAsync()).Code;

        await Code.PressSequentiallyAsync(code[..^1] + (code[^1] == '7' ? '8' : '7'));

        await _tab.SeesAsync("Faute de frappe : un caractère au moins n’est pas juste. Comparez avec votre bon.".Replace(" :", "\u00A0:", StringComparison.Ordinal));
        Assert.False(asked);
    }

    [Fact]
    public async Task A_letter_no_code_has_is_named()
    {
        await Code.PressSequentiallyAsync("7U");

        await _tab.SeesAsync("Le caractère U n’existe dans aucun code.");
    }

    [Fact]
    public async Task A_whole_link_can_be_pasted()
    {
        var voucher = await shared.Server.IssueAsync();

        await Code.EvaluateAsync(
            "(field, text) => { const data = new DataTransfer(); data.setData('text', text); field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true })); }",
            voucher.RegistrationUrl);

        await Expect(Code).ToHaveValueAsync(voucher.Code);
    }

    [Fact]
    public async Task Correcting_in_the_middle_keeps_the_place()
    {
        await Code.PressSequentiallyAsync("7K3MQ9TX");
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await _tab.Page.Keyboard.PressAsync("ArrowLeft");
        }

        await _tab.Page.Keyboard.PressAsync("Backspace");
        await _tab.Page.Keyboard.PressAsync("Backspace");
        await _tab.Page.Keyboard.TypeAsync("Z");

        await Expect(Code).ToHaveValueAsync("7K3Z-Q9TX");
    }

    [Fact]
    public async Task A_code_in_the_link_fills_the_field_and_leaves_the_address_bar()
    {
        var voucher = await shared.Server.IssueAsync();

        await _tab.Page.GotoAsync("about:blank");
        await _tab.GoAsync(new Uri(voucher.RegistrationUrl).PathAndQuery + new Uri(voucher.RegistrationUrl).Fragment);

        await Expect(Code).ToHaveValueAsync(voucher.Code);
        await Expect(_tab.Button("home.continue")).ToBeFocusedAsync();
        Assert.Equal($"{shared.Server.Url}/", _tab.Page.Url);
    }

    [Fact]
    public async Task The_check_symbol_catches_every_wrong_symbol_and_every_swap()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shared.Server.IssueAsync()));

        var missed = await _tab.Page.EvaluateAsync<int>("""
            async (codes) => {
              const { isWellFormed, normalise } = await import('/js/code.js');
              const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
              let missed = 0;
              for (const code of codes.map(normalise)) {
                if (!isWellFormed(code)) missed++;
                for (let i = 0; i < 16; i++) {
                  for (const symbol of alphabet) {
                    if (symbol !== code[i] && isWellFormed(code.slice(0, i) + symbol + code.slice(i + 1))) missed++;
                  }
                  for (let j = i + 1; j < 16; j++) {
                    const swapped = [...code];
                    [swapped[i], swapped[j]] = [swapped[j], swapped[i]];
                    if (code[i] !== code[j] && isWellFormed(swapped.join(''))) missed++;
                  }
                }
              }
              return missed;
            }
            """, codes.Select(voucher => voucher.Code).ToArray());

        Assert.Equal(0, missed);
    }

    public ValueTask DisposeAsync() => _tab.DisposeAsync();
}
