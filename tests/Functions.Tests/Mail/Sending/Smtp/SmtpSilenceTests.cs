using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using VoucherFunctions.Mail;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Smtp;

/// <summary>An SMTP server that stops talking: nobody waits for it longer than a mail is leased, and no mail goes twice for it.</summary>
public sealed class SmtpSilenceTests
{
    [Fact]
    public async Task A_server_that_does_not_greet_is_unavailable()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var clock = new FakeTimeProvider();
        var sending = SendAsync(server, clock);
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        clock.Advance(MailRules.Lease);

        Assert.IsType<MailOutcome.Unavailable>(await sending);
    }

    [Fact]
    public async Task A_server_that_takes_the_mail_and_never_says_goodbye_has_taken_it()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var clock = new FakeTimeProvider();
        var sending = SendAsync(server, clock);
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await TalkUntilQuitAsync(connection);

        clock.Advance(MailRules.Lease);

        Assert.Equal(new MailOutcome.Accepted(), await sending);
    }

    private static Task<MailOutcome> SendAsync(TcpListener server, FakeTimeProvider clock) =>
        new SmtpMailSender(new Uri($"smtp://{server.LocalEndpoint}"), Mails.Sender, replyTo: null, clock)
            .SendAsync(Mails.To("anna@example.ch"), TestContext.Current.CancellationToken);

    private static async Task TalkUntilQuitAsync(TcpClient connection)
    {
        var stream = connection.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        var isInData = false;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "QUIT")
        {
            isInData = isInData ? line != "." : line == "DATA";
            if (line == "." || !isInData)
            {
                await writer.WriteLineAsync("250 yes");
            }
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
            }
        }
    }
}
