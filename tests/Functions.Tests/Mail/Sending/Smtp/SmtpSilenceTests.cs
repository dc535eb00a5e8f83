using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Smtp;

/// <summary>An SMTP server that stops talking: nobody waits for it longer than a mail is leased, and no mail goes twice for it.</summary>
public sealed class SmtpSilenceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_mail_to_a_server_that_does_not_greet_is_put_off_before_its_lease_ends()
    {
        using var server = Listen();
        await using var app = await StartAsync(server);
        using var person = await Journey.RegisteredBeforeMailAsync(app);
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        app.Clock.Advance(MailRules.Lease - Instants.ClocksApart - TimeSpan.FromSeconds(1));
        await app.SettleAsync();

        var row = Assert.Single(await app.DumpAsync("vouchers"), row => row.Contains("RowKey=mail-", StringComparison.Ordinal));
        Assert.DoesNotContain("LeasedUntil", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_was_taken_is_sent_even_if_the_server_never_says_goodbye()
    {
        using var server = Listen();
        await using var app = await StartAsync(server);
        using var person = await Journey.RegisteredBeforeMailAsync(app);
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await TalkUntilQuitAsync(connection);

        app.Clock.Advance(MailRules.Lease - Instants.ClocksApart - TimeSpan.FromSeconds(1));
        await app.SettleAsync();

        Assert.DoesNotContain(await app.DumpAsync("vouchers", "due"), row => row.Contains("RowKey=mail-", StringComparison.Ordinal));
    }

    private static TcpListener Listen()
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        return server;
    }

    private Task<TestApp> StartAsync(TcpListener server) => TestApp.StartAsync(azurite, options =>
    {
        options.Settings["Mail:Smtp"] = $"smtp://{server.LocalEndpoint}";
        options.Services = services => services.RemoveAll<IMailSender>();
    });

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
