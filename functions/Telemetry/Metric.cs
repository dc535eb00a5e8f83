using System.Collections.Immutable;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Telemetry;

/// <summary>
/// A metric and its one attribute, which has a few fixed values: so none can say anything of a person, and none can grow without end. What each means, and when it
/// is recorded, stands in docs/telemetry.md; alerts and charts may name only what is here (tests/Infra.Tests).
/// </summary>
/// <param name="Unit">As in UCUM; what is counted in braces.</param>
/// <param name="IsDistribution">A histogram; otherwise a counter.</param>
public sealed record Metric(string Name, string Unit, bool IsDistribution, string Attribute, ImmutableArray<string> Values)
{
    public static readonly Metric Changes = Counter(
        "voucher.changes", "{voucher}", "change", "issued", "registered", "activated", "lapsed", "cancelled", "revoked", "locked", "deleted", "erased");

    public static readonly Metric Accounts = Distribution("voucher.accounts", "{account}", "status", "active", "locked");

    public static readonly Metric SweepOverdue = Distribution("voucher.sweep.overdue", "s", "kind", Timers());

    public static readonly Metric SweepDone = Counter("voucher.sweep.done", "{item}", "kind", Timers());

    public static readonly Metric MailAttempts = Counter("voucher.mail.attempts", "{mail}", "outcome", "accepted", "postponed", "refused");

    public static readonly Metric MailDelay = Distribution("voucher.mail.delay", "s", "template", Mails());

    public static readonly Metric MailWaiting = Distribution("voucher.mail.waiting", "s", "template", Mails());

    public static readonly Metric MailLost = Counter("voucher.mail.lost", "{mail}", "reason", "given-up", "refused");

    public static readonly Metric LogIns = Counter(
        "voucher.logins", "{log-in}", "outcome", "ok", Problems.CredentialsWrong.Code, Problems.AccountExpired.Code, Problems.TooManyAttempts.Code, Problems.ServiceBusy.Code);

    public static readonly Metric Guesses = Counter("voucher.guesses", "{guess}", "what", "code", "issuer-key", "admin-key");

    /// <summary>Every metric of the app's own.</summary>
    public static readonly ImmutableArray<Metric> All =
        [Changes, Accounts, SweepOverdue, SweepDone, MailAttempts, MailDelay, MailWaiting, MailLost, LogIns, Guesses];

    private static Metric Counter(string name, string unit, string attribute, params string[] values) => new(name, unit, false, attribute, [.. values]);

    private static Metric Distribution(string name, string unit, string attribute, params string[] values) => new(name, unit, true, attribute, [.. values]);

    /// <summary>What the outbox calls them: who has an account already is told so in the place of an activation.</summary>
    private static string[] Mails() => [.. Enum.GetNames<MailTemplate>().Where(name => name != nameof(MailTemplate.AlreadyHasAccount))];

    /// <summary>The sweeps, and the two timers that go through batches and accounts.</summary>
    private static string[] Timers() => [.. Enum.GetNames<DueKind>(), VoucherMetrics.Count, VoucherMetrics.Rewrap];
}
