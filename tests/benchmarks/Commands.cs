using VoucherFunctions.Benchmarks.Measuring;

namespace VoucherFunctions.Benchmarks;

/// <summary>One sub-command; its name is that of its section in <c>docs/performance.md</c> too.</summary>
internal sealed record Command(string Name, string Says, Func<Report, RunOptions, Task> RunAsync);

internal static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("machine", "what the figures were measured on", Machine.RunAsync),
        new("issuing", "a batch in one call against bare inserts; memory; a thousand sheets as PDF", Issuing.RunAsync),
        new("documents", "sealed transfers of documents beside the same ones unsealed", DocumentTransfers.RunAsync),
    ];
}
