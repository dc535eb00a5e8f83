using VoucherFunctions.Mail;

namespace VoucherFunctions.Simulation.Running;

/// <summary>The mail service: takes what the simulation lets through.</summary>
public sealed class SimulatedMailbox(World world) : IMailSender
{
    private readonly List<OutgoingMail> _accepted = [];

    public IReadOnlyList<OutgoingMail> Accepted => _accepted;

    public Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var actor = Actor.Current!;
        var call = new MailCall(actor, actor.Calls++, mail);
        world.Watch.Sending(actor, mail);
        cancellation.Register(() => call.Cancel(cancellation));
        World.Receive(call);
        return call.Answered;
    }

    public void Accept(MailCall call) => _accepted.Add(call.Mail);

    public void Clear() => _accepted.Clear();
}
