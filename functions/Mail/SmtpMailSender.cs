using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Mail;

/// <summary>An SMTP server, one connection a mail. The Message-Id is the same for every attempt.</summary>
public sealed class SmtpMailSender(Uri server, EmailAddress sender, EmailAddress? replyTo) : IMailSender
{
    private const int SmtpPort = 25;
    private const int SmtpsPort = 465;

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var client = new SmtpClient();
        using var message = Message(mail);
        try
        {
            var isImplicitTls = server.Scheme == "smtps";
            var port = server.IsDefaultPort || server.Port < 0 ? (isImplicitTls ? SmtpsPort : SmtpPort) : server.Port;
            await client.ConnectAsync(
                server.Host, port, isImplicitTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
            if (server.UserInfo.Split(':', 2) is [var user, var password])
            {
                await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancellation);
            }
            await client.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            var code = (int)refused.StatusCode;
            return code >= 500 ? new MailOutcome.Refused($"smtp-{code}") : new MailOutcome.Deferred($"smtp-{code}");
        }
        catch (Exception failure) when (failure is ProtocolException or CommandException or ServiceNotConnectedException or AuthenticationException
            or SslHandshakeException or SocketException or IOException or TimeoutException)
        {
            return new MailOutcome.Unavailable(failure.GetType().Name);
        }
        await QuitAsync(client, cancellation);
        return new MailOutcome.Accepted();
    }

    /// <summary>The server has the mail; whether it also says goodbye changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception failure) when (failure is ProtocolException or CommandException or SocketException or IOException)
        {
        }
    }

    private MimeMessage Message(OutgoingMail mail)
    {
        var message = new MimeMessage { Subject = mail.Content.Subject, MessageId = $"{mail.Id:N}@{sender.Value[(sender.Value.LastIndexOf('@') + 1)..]}" };
        message.From.Add(MailboxAddress.Parse(sender.Value));
        message.To.Add(MailboxAddress.Parse(mail.To));
        if (replyTo is not null)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(replyTo.Value));
        }
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new BodyBuilder { TextBody = mail.Content.Text, HtmlBody = mail.Content.Html }.ToMessageBody();
        return message;
    }
}
