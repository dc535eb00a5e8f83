using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Mail;

/// <summary>
/// That a mail to one more address was asked for with a voucher. The mark is 20 bits of a hash of voucher and address: it tells a few addresses of one voucher apart.
/// One address in a million has the same mark, so it names nobody.
/// </summary>
public sealed record MailedAddress(string Mark, DateTimeOffset At)
{
    private const int MarkLength = 4;

    public static string MarkOf(VoucherId voucher, EmailHash email) =>
        Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{voucher.Value} {email.Claims.First()}")))[..MarkLength];

    /// <summary><c>MARK@unix seconds</c></summary>
    public override string ToString() => $"{Mark}@{At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Takes a stored value back.</summary>
    public static MailedAddress FromStored(string value) =>
        new(value[..MarkLength], DateTimeOffset.FromUnixTimeSeconds(long.Parse(value.AsSpan(MarkLength + 1), CultureInfo.InvariantCulture)));
}
