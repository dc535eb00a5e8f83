using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Mail;

/// <summary>The due row of an outbox mail: its tag is the mail's id.</summary>
public static class MailDue
{
    public static DueItem Of(VoucherId voucher, OutboxMail mail) =>
        new(DueKind.Mail, mail.DueAt, voucher, mail.Id.ToString("N")) { CreatedAt = mail.CreatedAt };

    public static Guid MailOf(DueItem item) => Guid.ParseExact(item.Tag, "N");
}
