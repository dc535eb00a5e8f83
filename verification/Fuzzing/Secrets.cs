using Microsoft.AspNetCore.Http;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Http;
using static VoucherFunctions.Fuzzing.Parser;

namespace VoucherFunctions.Fuzzing;

internal static class Secrets
{
    /// <summary>A key that anybody may know: the corpus holds tokens made with it.</summary>
    private static readonly HashingKeys Keys = new(Ring("2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=,1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="));

    private static readonly SessionCookie Session = new(new SiteOrigin(new Uri("https://formation.example.ch")));

    public static void Token(string text)
    {
        var accepted = Enum.GetValues<LinkPurpose>().Count(purpose =>
        {
            if (!LinkToken.TryParse(text, purpose, Keys, out var token))
            {
                return false;
            }
            Must(token.Purpose == purpose && token.Nonce.Length == 16, "A token says something else than was asked.");
            // One made under the previous key reads the same and is written anew under the current one.
            Must(LinkToken.TryParse(token.ToText(Keys), purpose, Keys, out var again) && again == token, "A token is not read back.");
            return true;
        });
        Must(accepted <= 1, "A token serves two purposes.");
    }

    public static void Cookie(string text)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = text;
        if (SessionSecret.FromCookie(Session.Read(http)) is { } secret)
        {
            Must(SessionSecret.FromCookie(secret.ToCookie())?.Id == secret.Id, "A cookie is not read back.");
            Must(secret.Id.All(char.IsAsciiLetterOrDigit) && secret.Voucher.Value.All(char.IsAsciiLetterOrDigit), "A cookie could leave its place in a key.");
        }
    }

    public static void KeyRing(string text)
    {
        if (Domain.Keys.KeyRing.TryParse(text, out var ring))
        {
            Must(ring.Keys.Count > 0 && ring.Keys.All(key => key.Version > 0 && key.Key.Length == Domain.Keys.KeyRing.KeyBytes), "A ring has a key that is none.");
            Must(ring.Keys.Select(key => key.Version).Distinct().Count() == ring.Keys.Count, "Two keys have one version.");
        }
    }

    private static KeyRing Ring(string text) => Domain.Keys.KeyRing.TryParse(text, out var ring) ? ring : throw new InvalidOperationException("The ring is none.");
}
