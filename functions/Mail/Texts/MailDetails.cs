using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Mail.Texts;

/// <summary>The facts as the texts need them: links in the mail's language, the instants that a template must have, names made harmless.</summary>
internal sealed class MailDetails(Language language, MailFacts facts)
{
    public string Service { get; } = Clean.Line(facts.ServiceName);

    /// <summary>Null when the greeting must do without a name.</summary>
    public string? Name { get; } = ShownName.Of(facts.Name);

    public bool IsTest => facts.IsTest;

    public Uri HomeLink => Link("/");

    public Uri LoginLink => Link("/login");

    public Uri ForgotLink => Link("/forgot");

    public Uri DocumentsLink => Link("/documents");

    public Uri ActivateLink => Link("/activate", Token);

    public Uri ResetLink => Link("/reset", Token);

    public DateTimeOffset ActivateBefore => Needed(facts.ActivateBefore, nameof(facts.ActivateBefore));

    public DateTimeOffset ResetBefore => Needed(facts.ResetBefore, nameof(facts.ResetBefore));

    public DateTimeOffset Now => Needed(facts.Now == default ? null : facts.Now, nameof(facts.Now));

    public bool HasEnd => facts.AccessUntil is not null;

    public DateTimeOffset AccessUntil => Needed(facts.AccessUntil, nameof(facts.AccessUntil));

    public DateTimeOffset DeletedAtLatest => Needed(facts.DeletedAtLatest, nameof(facts.DeletedAtLatest));

    /// <summary>Whole calendar days after today: 0 on the last day.</summary>
    public int DaysLeft =>
        AccessPeriod.DaysLeft(AccessUntil, Now) is >= 0 and var days
            ? days
            : throw new ArgumentException("A reminder makes sense only before the end.", nameof(facts));

    private string Token =>
        facts.Token is { Length: > 0 } token && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? token
            : throw new ArgumentException("The token is missing or is not base64url.", nameof(facts));

    /// <summary>The token travels in the fragment, which no server and no log ever sees.</summary>
    private Uri Link(string path, string? token = null) =>
        new(facts.SiteOrigin, $"{path}?lang={language.Code()}{(token is null ? "" : $"#token={token}")}");

    private static DateTimeOffset Needed(DateTimeOffset? instant, string fact) =>
        instant ?? throw new ArgumentException($"This mail needs {fact}.");
}
