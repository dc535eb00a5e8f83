namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// What a password must be: 12–128 characters, none of them forbidden, no rules of composition; not a common one, not made of the person's own
/// name, address or the service's name in any language, and hard to guess (zxcvbn score of 3 or more). Everything is compared in the normal form (<see cref="PasswordForms"/>).
/// </summary>
public static class PasswordPolicy
{
    private const int MinLength = 12;
    private const int MaxLength = 128;
    private const int MinScore = 3;

    /// <summary>zxcvbn takes time that grows steeply with the length; nothing longer than this is guessable if its start is not.</summary>
    private const int Examined = 64;

    /// <summary>Name parts shorter than this are found in too many good passwords.</summary>
    private const int MinPersonalPart = 4;

    /// <summary>Made at the first use, since it reads its dictionaries, and kept, since it would read them every time.</summary>
    private static readonly Lazy<Zxcvbn.Zxcvbn> Estimator = new(() => new Zxcvbn.Zxcvbn());

    /// <summary>Null when it is good enough, else <c>password-too-weak</c> with a reason.</summary>
    public static Refusal? Check(string typed, PersonName name, EmailAddress email, params string[] serviceNames)
    {
        var (password, address) = (PasswordForms.Normal(typed), PasswordForms.Normal(email.Value));
        var length = password.EnumerateRunes().Count();
        if (length < MinLength)
        {
            return TooWeak("too-short");
        }
        if (length > MaxLength)
        {
            return TooWeak("too-long");
        }
        var personal = Parts(PasswordForms.Normal(name.Value)).Concat(Parts(address)).Append(address).ToArray();
        if (Contains(password, personal))
        {
            return TooWeak("personal");
        }
        if (serviceNames.Select(PasswordForms.Normal).Any(service => Contains(password, [.. Parts(service), service, service.Replace(" ", "", StringComparison.Ordinal)])))
        {
            return TooWeak("service-name");
        }
        var result = Estimator.Value.EvaluatePassword(password[..Math.Min(password.Length, Examined)], personal);
        if (result.Score >= MinScore)
        {
            return null;
        }
        var isListed = result.MatchSequence is [Zxcvbn.Matcher.DictionaryMatch { DictionaryName: "passwords" }];
        return TooWeak(isListed ? "common" : "guessable");
    }

    private static Refusal TooWeak(string reason) => Problems.PasswordTooWeak.With("reason", reason);

    private static bool Contains(string password, IEnumerable<string> parts) =>
        parts.Any(part => part.Length >= MinPersonalPart && password.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string[] Parts(string text) => text.Split([' ', '.', '-', '_', '@', '+', '\'', '’'], StringSplitOptions.RemoveEmptyEntries);
}
