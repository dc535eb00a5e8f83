using VoucherFunctions.Mail;

namespace VoucherFunctions.Simulation.Running;

/// <summary>The mail service: takes what the simulation lets through.</summary>
public sealed class SimulatedMailbox(World world) : IMailSender
{
    private readonly List<OutgoingMail> _accepted = [];
    private readonly HashSet<Guid> _ids = [];

    public IReadOnlyList<OutgoingMail> Accepted => _accepted;

    public Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var actor = Actor.Current!;
        var call = new MailCall(actor, actor.Calls++, mail);
        world.InvariantMonitor.Sending(actor, mail);
        cancellation.Register(() => call.Cancel(cancellation));
        Traffic.Receive(call);
        return call.Answered;
    }

    public bool HasAccepted(Guid id) => _ids.Contains(id);

    public void Accept(MailCall call)
    {
        _accepted.Add(call.Mail);
        _ids.Add(call.Mail.Id);
    }

    /// <summary>What has come since the last time, for somebody who reads it and throws it away.</summary>
    public IReadOnlyList<OutgoingMail> Take()
    {
        IReadOnlyList<OutgoingMail> taken = [.. _accepted];
        _accepted.Clear();
        return taken;
    }

    public void Clear()
    {
        _accepted.Clear();
        _ids.Clear();
    }
}
