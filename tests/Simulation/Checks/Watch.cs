using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Mail;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>Sees every change of the storage as it happens and says what must never be.</summary>
public sealed class Watch(World world)
{
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    public void Clear()
    {
        _violations.Clear();
    }

    public void PasswordEvaluated()
    {
    }

    public void Sending(OutgoingMail mail)
    {
    }

    public void Changed(Actor? actor, IReadOnlyList<RowRange> touched, TableContents before)
    {
        _ = world;
    }
}
