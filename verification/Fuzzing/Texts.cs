using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using MimeKit;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;
using static VoucherFunctions.Fuzzing.Parser;

namespace VoucherFunctions.Fuzzing;

internal static class Texts
{
    private static readonly ClientAddress Behind = new(trustedProxies: 2);

    public static void Code(string text)
    {
        if (Domain.Vouchers.VoucherCode.TryParse(text, out var code))
        {
            Must(Domain.Vouchers.VoucherCode.TryParse(code.ToString(), out var again) && again.Equals(code), "A code is not read back from what is printed.");
            Must(Domain.Vouchers.VoucherCode.TryParse(text.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), out var plain) && plain.Equals(code), "Case or dashes matter.");
            // Every single wrong symbol is caught.
            var symbols = code.Symbols.ToCharArray();
            var at = text.Length % symbols.Length;
            symbols[at] = symbols[at] == 'A' ? 'B' : 'A';
            Must(!Domain.Vouchers.VoucherCode.TryParse(new string(symbols), out _), "A wrong symbol is not caught.");
        }
    }

    public static void VoucherId(string text)
    {
        if (Domain.Vouchers.VoucherId.TryParse(text, out var id))
        {
            Must(Domain.Vouchers.VoucherId.FromBytes(id.ToBytes()) == id, "Two texts are one voucher.");
            Must(id.Value.All(char.IsAsciiLetterOrDigit), "An id could leave its place in a key or a URL.");
        }
    }

    public static void Email(string text)
    {
        if (EmailAddress.TryParse(text, out var email))
        {
            Must(email.Value == text.Trim() && email.Value.Length is >= 3 and <= 254, "An address is not what was typed.");
            Must(email.Value.All(c => c is > ' ' and < '\u007f' and not ('<' or '>' or ',' or ';' or '"')), "An address could break a header.");
            Must(EmailAddress.TryParse(email.Normalised, out var again) && again.Normalised == email.Normalised, "Normalising twice differs.");
            MustBeOneLine(new MailboxAddress("", email.Value));
        }
    }

    public static void Name(string text)
    {
        if (PersonName.TryParse(text, out var name))
        {
            Must(name.Value.Length is > 0 and <= PersonName.MaxLength && !name.Value.Any(char.IsControl), "A name has no visible text, or more than one line.");
            Must(PersonName.TryParse(name.Value, out var again) && again == name, "A name is not read back.");
            Must(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name.Value)) == name.Value, "A name cannot be stored.");
            MustBeOneLine(new MailboxAddress(name.Value, "a@example.ch"));
        }
    }

    /// <summary>The first field is the text; whatever it holds, the table keeps its two fields in one record and begins no formula.</summary>
    public static void Csv(string text)
    {
        Csv(text, ',');
        Csv(text, ';');
    }

    private static void Csv(string text, char separator)
    {
        var table = new CsvTable(new CsvForm(WithByteOrderMark: false, separator), "a");
        table.Add(text, "end");
        var csv = Encoding.UTF8.GetString(table.ToBytes())["a\r\n".Length..];
        var (field, rest) = FirstField(csv, separator);
        Must(rest == $"{separator}end\r\n", "A value left its field.");
        Must(field.Length == 0 || field.TrimStart() is not ['=' or '+' or '-' or '@', ..], "A field begins a formula.");
    }

    public static void ClientAddress(string text)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers["X-Forwarded-For"] = text;
        var address = Behind.Of(http);
        Must(address.Length is > 0 and <= 16 && address.All(c => char.IsAsciiHexDigit(c) || c == '.'), "An address is not one.");
    }

    /// <summary>A header with it, as it goes out, has no line that begins with anything but white space.</summary>
    private static void MustBeOneLine(MailboxAddress mailbox)
    {
        var header = new Header("To", mailbox.ToString());
        var message = new MimeMessage();
        message.To.Add(mailbox);
        Must(header.Value.IndexOfAny(['\r', '\n']) < 0, "An address has a line break.");
        Must(InternetAddressList.TryParse(message.To.ToString(), out var list) && list.Count == 1, "An address is read as more than one.");
    }

    /// <summary>As RFC 4180 has it.</summary>
    private static (string Field, string After) FirstField(string csv, char separator)
    {
        if (!csv.StartsWith('"'))
        {
            var end = csv.IndexOfAny([separator, '\r', '\n']);
            return (csv[..end], csv[end..]);
        }
        var field = new StringBuilder();
        for (var i = 1; ; i++)
        {
            if (csv[i] == '"' && csv[i + 1] != '"')
            {
                return (field.ToString(), csv[(i + 1)..]);
            }
            i += csv[i] == '"' ? 1 : 0;
            field.Append(csv[i]);
        }
    }
}
