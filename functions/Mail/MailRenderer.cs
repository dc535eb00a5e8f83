using VoucherFunctions.Accounts;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail.Texts;
using VoucherFunctions.Security;

namespace VoucherFunctions.Mail;

/// <summary>Opens a person's name and address, makes the link, and writes the mail.</summary>
public sealed class MailRenderer(AddressClaims claims, AccountCipher cipher, HashingKeys keys, ServiceName service, SiteOrigin site)
{
    public async Task<(string To, MailContent Content)> RenderAsync(Voucher voucher, OutboxMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        var registration = voucher.Registration!;
        var person = PersonSeals.Open(registration, cipher);
        var isActivation = mail.Template is MailTemplate.Activation or MailTemplate.AddressCorrected;
        var holder = isActivation ? await claims.FindLiveHolderAsync(voucher, now, cancellation) : null;
        var until = mail.Template == MailTemplate.PasswordReset ? mail.GiveUpAt : registration.PendingUntil;
        var purpose = mail.Template == MailTemplate.PasswordReset ? LinkPurpose.PasswordReset : LinkPurpose.Activation;
        var facts = Facts(person, registration.Language, mail.Template == MailTemplate.PasswordChanged ? mail.CreatedAt : now) with
        {
            Token = mail.Nonce is { } nonce && holder is null ? new LinkToken(purpose, voucher.Id, until, nonce).ToText(keys) : null,
            IsTest = voucher.IsTest,
            ActivateBefore = registration.PendingUntil,
            ResetBefore = mail.GiveUpAt,
            AccessUntil = (holder?.Registration ?? registration).AccessUntil,
            DeletedAtLatest = AccessPeriod.DeletedAtLatest(registration.AccessUntil),
        };
        var template = holder is null ? mail.Template : MailTemplate.AlreadyHasAccount;
        return (person.Email.Value, MailTexts.Render(template, registration.Language, facts));
    }

    public MailContent Render(AccountDeletedMail farewell, DateTimeOffset now) =>
        MailTexts.Render(MailTemplate.DataDeleted, farewell.Language, Facts(farewell.Person, farewell.Language, now) with { IsTest = farewell.IsTest });

    private MailFacts Facts(Person person, Language language, DateTimeOffset now) => new()
    {
        ServiceName = service.In(language),
        SiteOrigin = site.Uri,
        Name = person.Name.Value,
        Now = now,
    };
}
