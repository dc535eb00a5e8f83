using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Checks;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>When each timer has something to do next, by the first row of its kind in each shard.</summary>
public sealed class DueTimes(TableSpace space)
{
    private static readonly string[] Kinds = [.. Enum.GetValues<DueKind>().Select(DueItem.KindName)];
    private readonly Dictionary<string, DateTimeOffset> _next = [];
    private object? _seen;

    public DateTimeOffset Next => Kinds.Min(Of);

    public DateTimeOffset Of(string kind)
    {
        var rows = space.Rows("due");
        if (!ReferenceEquals(rows, _seen))
        {
            _seen = rows;
            foreach (var each in Kinds)
            {
                _next[each] = DueItem.Shards.Min(shard => First(shard, each));
            }
        }
        return _next[kind];
    }

    private DateTimeOffset First(string shard, string kind)
    {
        var rows = space.Rows("due");
        var index = rows.IndexOf(KeyOrder.Key(shard, $"{kind}-"));
        index = index < 0 ? ~index : index;
        return index < rows.Count && rows[index].Partition == shard && rows[index].Row.StartsWith($"{kind}-", StringComparison.Ordinal)
            ? rows[index].Time("At")!.Value
            : DateTimeOffset.MaxValue;
    }
}
