using Microsoft.Playwright;

namespace SiteTests.Browser;

/// <summary>How somebody works a page: with a pointer, or with the keyboard alone.</summary>
public abstract class Hands(IPage page)
{
    protected IPage Page => page;

    public abstract Task PressAsync(ILocator target);

    public abstract Task WriteAsync(ILocator field, string text);

    public static Hands Of(string kind, IPage page) => kind == "keyboard" ? new Keyboard(page) : new Pointer(page);

    private sealed class Pointer(IPage page) : Hands(page)
    {
        public override Task PressAsync(ILocator target) => target.ClickAsync();

        public override Task WriteAsync(ILocator field, string text) => field.FillAsync(text);
    }

    private sealed class Keyboard(IPage page) : Hands(page)
    {
        /// <summary>More stops than any page has: past that the target cannot be reached.</summary>
        private const int MostStops = 60;

        public override async Task PressAsync(ILocator target)
        {
            await TabToAsync(target);
            await Page.Keyboard.PressAsync("Enter");
        }

        public override async Task WriteAsync(ILocator field, string text)
        {
            await TabToAsync(field);
            await Page.Keyboard.PressAsync("Control+A");
            await Page.Keyboard.TypeAsync(text);
        }

        private async Task TabToAsync(ILocator target)
        {
            await target.WaitForAsync();
            for (var stop = 0; stop < MostStops; stop++)
            {
                if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                {
                    Assert.True(await HasVisibleFocusAsync(target), $"{target} shows no focus.");
                    return;
                }
                await Page.Keyboard.PressAsync("Tab");
            }
            Assert.Fail($"{target} cannot be reached by keyboard.");
        }

        private static Task<bool> HasVisibleFocusAsync(ILocator target) => target.EvaluateAsync<bool>(
            "element => { const { outlineStyle, outlineWidth } = getComputedStyle(element); return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2; }");
    }
}
