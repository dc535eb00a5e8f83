using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail;
using VoucherFunctions.Mail.Texts;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Smtp;

/// <summary>What a real SMTP server receives.</summary>
public sealed class SmtpMessageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_mail_of_the_app_arrives_and_its_link_activates_the_account()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Settings["Mail:Smtp"] = smtp.Uri.ToString();
            options.Services = services => services.RemoveAll<IMailSender>();
        });
        using var person = await Journey.RegisteredAsync(app);

        var mail = await smtp.NextToAsync(person.Email, TestContext.Current.CancellationToken);

        var token = MailCases.Addresses(mail.Text).First(line => line.Contains("#token=", StringComparison.Ordinal)).Split("#token=")[1];
        var answer = await person.ActivateAsync(token, Journey.Password);
        Assert.True(answer.Status == System.Net.HttpStatusCode.OK, answer.ToString());
    }

    [Fact]
    public async Task The_envelope_names_the_sender_and_the_one_recipient()
    {
        var mail = await DeliverAsync(Mails.To("anna@example.ch"));

        Assert.Equal("noreply@voucher.example.ch", mail.From);
        Assert.Equal(["anna@example.ch"], mail.To);
    }

    [Fact]
    public async Task The_headers_are_those_and_no_others()
    {
        var outgoing = Mails.To("anna@example.ch");

        var mail = await DeliverAsync(outgoing, replyTo: "help@voucher.example.ch");

        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Reply-To", "Subject", "To"],
            mail.HeaderLines.Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("From: noreply@voucher.example.ch", mail.HeaderLines);
        Assert.Contains("To: anna@example.ch", mail.HeaderLines);
        Assert.Contains("Reply-To: help@voucher.example.ch", mail.HeaderLines);
        Assert.Contains("Auto-Submitted: auto-generated", mail.HeaderLines);
        Assert.Contains($"Message-Id: <{outgoing.Id:N}@voucher.example.ch>", mail.HeaderLines);
    }

    [Fact]
    public async Task Text_and_HTML_arrive_as_they_were_written()
    {
        var outgoing = Mails.To("anna@example.ch");

        var mail = await DeliverAsync(outgoing);

        var parts = Assert.IsType<MultipartAlternative>(mail.Message.Body);
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.Equal(outgoing.Content.Text.TrimEnd(), mail.Text.TrimEnd());
        Assert.Equal(outgoing.Content.Html.TrimEnd(), mail.Html.TrimEnd());
        Assert.Contains("Zoë Müller-Żak", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Fr)]
    [InlineData(Language.De)]
    [InlineData(Language.It)]
    [InlineData(Language.En)]
    public async Task The_subject_survives_in_every_language(Language language)
    {
        var facts = MailCases.Facts with { ServiceName = "Förderkurse «Été»" };
        var content = MailTexts.Render(MailTemplate.PasswordReset, language, facts);

        var mail = await DeliverAsync(new OutgoingMail(Guid.NewGuid(), "anna@example.ch", content));

        Assert.Equal(content.Subject, mail.Message.Subject);
        Assert.All(mail.HeaderLines, line => Assert.All(line, sign => Assert.InRange(sign, ' ', '~')));
    }

    [Theory]
    [InlineData("Anna\r\nBcc: victim@example.org")]
    [InlineData("Anna\nBcc: victim@example.org\n\nBuy!")]
    [InlineData("Anna\r\n.\r\nMAIL FROM:<x@example.org>")]
    [InlineData("\u2028Bcc: victim@example.org")]
    public async Task A_name_adds_neither_a_header_nor_a_recipient(string name)
    {
        var mail = await DeliverAsync(Mails.To("anna@example.ch", name));

        Assert.Equal(["anna@example.ch"], mail.To);
        Assert.Equal(8, mail.HeaderLines.Count);
        Assert.DoesNotContain(mail.HeaderLines, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("\nBcc:", mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_subject_cannot_add_a_header()
    {
        var content = Mails.To("anna@example.ch").Content with { Subject = "Hello\r\nBcc: victim@example.org" };

        var mail = await DeliverAsync(new OutgoingMail(Guid.NewGuid(), "anna@example.ch", content));

        Assert.Equal(["anna@example.ch"], mail.To);
        Assert.DoesNotContain(mail.HeaderLines, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_line_is_longer_than_SMTP_allows()
    {
        var mail = await DeliverAsync(Mails.To("anna@example.ch", new string('ä', 100)));

        Assert.All(Encoding.Latin1.GetString(mail.Raw).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public async Task An_international_address_arrives()
    {
        var mail = await DeliverAsync(Mails.To("zoë@bücher.example.ch"));

        Assert.Equal("zoë@bücher.example.ch", Assert.Single(mail.Message.To.Mailboxes).Address);
    }

    private static async Task<SmtpMail> DeliverAsync(OutgoingMail mail, string? replyTo = null)
    {
        await using var smtp = await SmtpServer.StartAsync();
        var sender = new SmtpMailSender(smtp.Uri, Mails.Sender, replyTo is null ? null : Mails.Address(replyTo));
        var outcome = await sender.SendAsync(mail, TestContext.Current.CancellationToken);
        Assert.Equal(new MailOutcome.Accepted(), outcome);
        return Assert.Single(await smtp.EndAsync());
    }
}
