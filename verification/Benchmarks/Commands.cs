using VoucherFunctions.Benchmarks.Cost;
using VoucherFunctions.Benchmarks.Measuring;
using VoucherFunctions.Benchmarks.Steady;
using VoucherFunctions.Benchmarks.Timers;

namespace VoucherFunctions.Benchmarks;

/// <summary>One sub-command; its name is that of its section in <c>docs/performance.md</c> too.</summary>
internal sealed record Command(string Name, string Says, Func<Report, RunOptions, Task> RunAsync);

internal static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("machine", "what the figures were measured on", Machine.RunAsync),
        new("cold-start", "from the start of a process to its first sign-up, beside what one would take instead", ColdStart.RunAsync),
        new("steady-state", "reads, registrations and log-ins under load, beside storage and hash alone; overload", SteadyState.RunAsync),
        new("heads", "requests a second and latency of both heads", Heads.RunAsync),
        new("timers", "one run with 100 due accounts in small and large tables, beside a filtered scan", TimerCost.RunAsync),
        new("issuing", "a batch in one call against bare inserts; memory; a thousand sheets as PDF", Issuing.RunAsync),
        new("documents", "sealed transfers of documents beside the same ones unsealed", DocumentTransfers.RunAsync),
        new("allocations", "memory that a request allocates; the size of the package", Allocations.RunAsync),
        new("cost", "storage calls and mails of one participant's whole life, beside the usual design", LifeCost.RunAsync),
    ];
}
