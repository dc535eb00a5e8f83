using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using VoucherFunctions.Mail;
using VoucherFunctions.Mail.Texts;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending;

/// <summary>The sender of a test system hands listed mail on as it is, and gives back the answer as it is.</summary>
public sealed class AllowListMailSenderTests
{
    private readonly Mock<IMailSender> _sender = new(MockBehavior.Strict);

    public static TheoryData<MailOutcome> Outcomes =>
    [
        new MailOutcome.Accepted(),
        new MailOutcome.Refused("no such mailbox"),
        new MailOutcome.Deferred("mailbox full"),
        new MailOutcome.Unavailable("down", TimeSpan.FromMinutes(3)),
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task A_listed_mail_is_handed_on_unchanged_and_so_is_the_answer(MailOutcome outcome)
    {
        using var stop = new CancellationTokenSource();
        var mail = MailTo("anna@example.ch") with { MayHaveBeenSent = true };
        _sender.Setup(sender => sender.SendAsync(mail, stop.Token)).ReturnsAsync(outcome);

        var answer = await NewAllowList().SendAsync(mail, stop.Token);

        Assert.Same(outcome, answer);
        _sender.Verify(sender => sender.SendAsync(mail, stop.Token), Times.Once);
    }

    [Fact]
    public async Task A_mail_that_is_not_listed_counts_as_accepted_and_reaches_no_sender()
    {
        var answer = await NewAllowList().SendAsync(MailTo("anna@example.com"), CancellationToken.None);

        Assert.IsType<MailOutcome.Accepted>(answer);
        _sender.VerifyNoOtherCalls();
    }

    private static OutgoingMail MailTo(string address) => new(Guid.NewGuid(), address, new MailContent("Subject", "Text", "<p>Text</p>"));

    private AllowListMailSender NewAllowList() => new(_sender.Object, ["anna@example.ch"], NullLogger<AllowListMailSender>.Instance);
}
