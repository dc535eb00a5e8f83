using VoucherFunctions.InMemoryStorage.Tables;

namespace VoucherFunctions.Simulation.Running;

/// <summary>
/// Tells states of a run apart without looking at contents, which are random: each row carries who wrote it and what the writer knew. What a flow knows is what it last read
/// and wrote of each row; a due row only until its next call, since that is all it is read for.
/// </summary>
public sealed class Labels(World world)
{
    private readonly Dictionary<(string Table, string Partition, string Row), (ulong Identity, ulong Label)> _written = [];
    private readonly Dictionary<Actor, Dictionary<ulong, ulong>> _known = [];
    private readonly Dictionary<Actor, ulong> _last = [];
    private ulong _stored;

    private TableSpace Space => world.Space;

    public void Clear()
    {
        _written.Clear();
        _known.Clear();
        _last.Clear();
        _stored = 0;
    }

    /// <summary>The mark of this moment: what is stored, what each actor knows and does next, and what was answered.</summary>
    public UInt128 Mark()
    {
        var sum = (ulong)world.Mailbox.Accepted.Count;
        foreach (var (index, actor) in world.Actors.Index())
        {
            var next = actor.Waiting.Aggregate(actor.IsDead ? 99UL : actor.IsDone ? Hash(World.ReplyOf(actor).ToString()) : 11, (all, call) => Mix(all, Of(call)));
            sum += Mix(Mix((ulong)index + 1, Knows(actor)), Mix(_last.GetValueOrDefault(actor), next));
        }
        return new UInt128(_stored, sum);
    }

    /// <summary>What is asked of the storage right before it answers.</summary>
    public ulong Read(TableCommand command) => command switch
    {
        GetRow get => Space.Find(get.Table, get.Partition, get.Row) is { } row ? Of(get.Table, row) : 1,
        QueryRows query => Space.Page(query).Rows.Aggregate(2UL, (sum, row) => sum + Of(query.Table, row)),
        _ => 3,
    };

    /// <summary>What was written, right after.</summary>
    public void Wrote(Actor? actor, IReadOnlyList<RowRange> touched, TableContents before)
    {
        var knows = actor is null ? 0 : Mix(Knows(actor), _last.GetValueOrDefault(actor));
        foreach (var (index, range) in touched.Index())
        {
            var key = (range.Table, range.Partition!, range.First);
            var old = before.Tables[range.Table].TryGetValue(KeyOrder.Key(range.Partition!, range.First), out var found) && found.Version != 0;
            var isKnown = _written.TryGetValue(key, out var written);
            var label = Mix(Mix(knows, Hash(range.Table)), (ulong)index);
            var identity = isKnown ? written.Identity : old || range.Table != "vouchers" ? TextOf(key) : label;
            _stored -= isKnown ? Mix(identity, written.Label) : 0;
            _written[key] = (identity, Space.Find(range.Table, range.Partition!, range.First) is null ? 7 : label);
            _stored += Mix(identity, _written[key].Label);
            if (actor is not null && range.Table != "due")
            {
                KnownBy(actor)[Mix(identity, 13)] = _written[key].Label;
            }
        }
    }

    public void Saw(Actor? actor, Call call, ulong answer)
    {
        if (actor is null)
        {
            return;
        }
        _last[actor] = 0;
        if (call is TableCall { Command: GetRow { Table: not "due" } or QueryRows } read)
        {
            KnownBy(actor)[Hash(read.Command.ToString())] = answer;
        }
        else
        {
            _last[actor] = answer;
        }
    }

    private Dictionary<ulong, ulong> KnownBy(Actor actor) => _known.TryGetValue(actor, out var known) ? known : _known[actor] = [];

    private ulong Knows(Actor actor) => KnownBy(actor).Aggregate(0UL, (sum, each) => sum + Mix(each.Key, each.Value));

    private ulong Of(Call call) => call.Touches.Aggregate(
        Hash(call is TableCall table ? table.Command.GetType().Name : call is BlobCall blob ? blob.Request.Method.Method : "mail") + (ulong)call.Attempt,
        (all, range) => Mix(all, range.Table == "(mail)" ? 17
            : _written.TryGetValue((range.Table, range.Partition ?? "", range.First), out var written) ? written.Identity
            : range.Table == "vouchers" && range.IsWrite && Space.Find(range.Table, range.Partition!, range.First) is null ? 19
            : Mix(TextOf((range.Table, range.Partition ?? "", range.First)), Hash(range.End ?? ""))));

    private ulong Of(string table, TableRow row) =>
        _written.TryGetValue((table, row.Partition, row.Row), out var written) ? Mix(written.Identity, written.Label) : TextOf((table, row.Partition, row.Row));

    private static ulong Hash(string text) => TextOf((text, "", ""));

    private static ulong TextOf((string Table, string Partition, string Row) key)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in new[] { key.Table, key.Partition, key.Row })
        {
            foreach (var character in part)
            {
                hash = (hash ^ character) * 1099511628211UL;
            }
            hash = (hash ^ '/') * 1099511628211UL;
        }
        return Mix(hash, 5);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var x = a ^ (b + 0x9E3779B97F4A7C15UL + (a << 6) + (a >> 2));
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
