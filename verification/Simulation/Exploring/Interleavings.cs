using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>
/// Goes through the orders in which actors' calls can be let through, by running them again and again. Orders that differ only in swapping calls that do not meet (other
/// rows, or both only read) are one order: of each such class at least one is run (dynamic partial order reduction with sleep sets; Flanagan and Godefroid 2005).
/// </summary>
public sealed class Interleavings
{
    private readonly List<Node> _path = [];

    /// <summary>Runs that came to their end, each an order of its own.</summary>
    public int Runs { get; private set; }

    /// <summary>After so many it gives up: merging equal states is the better way then.</summary>
    public int Most { get; init; } = int.MaxValue;

    public bool HasGivenUp { get; private set; }

    /// <summary>Runs that were broken off because everything that could follow had been seen.</summary>
    public int Cut { get; private set; }

    /// <summary>The choices of the run that is under way: which actor each time, by the order in which they began.</summary>
    public IReadOnlyList<int> Choices => [.. _path.Select(node => node.Chosen)];

    /// <summary>
    /// <paramref name="begin"/> sets everything up and starts the actors; <paramref name="step"/> is told after each call; <paramref name="end"/> looks at the end of a
    /// run and may stop everything by saying false.
    /// </summary>
    public void Explore(World world, Action begin, Action step, Func<bool> end)
    {
        _path.Clear();
        do
        {
            begin();
            if (!Run(world, step))
            {
                Cut++;
            }
            else
            {
                Runs++;
                if (!end())
                {
                    return;
                }
            }
        }
        while (GoBack() && !(HasGivenUp = Runs + Cut >= Most));
    }

    /// <summary>False when the run was broken off.</summary>
    private bool Run(World world, Action step)
    {
        for (var depth = 0; ; depth++)
        {
            var enabled = world.Actors.Index().Where(each => each.Item.Waiting.Count > 0).ToDictionary(each => each.Index, each => each.Item.Waiting[0]);
            if (enabled.Count == 0)
            {
                return true;
            }
            if (depth == _path.Count)
            {
                var sleep = depth == 0 ? [] : _path[depth - 1].SleepAfter();
                var first = enabled.Keys.FirstOrDefault(actor => !sleep.Contains(actor), -1);
                if (first < 0)
                {
                    return false;
                }
                _path.Add(new Node { Chosen = first, Sleep = sleep, Wanted = [first] });
            }
            var node = _path[depth];
            var call = enabled.TryGetValue(node.Chosen, out var chosen) ? chosen : throw new InvalidOperationException("A run did not repeat itself.");
            // Of this run, not of the one before: the keys of new rows are others each time.
            node.Enabled = enabled.ToDictionary(each => each.Key, each => each.Value.Touches);
            AddRaces(depth);
            world.Let(call);
            step();
        }
    }

    /// <summary>The last call before this one that somebody else made and that meets it: the two are to be tried the other way round as well.</summary>
    private void AddRaces(int depth)
    {
        var node = _path[depth];
        for (var earlier = depth - 1; earlier >= 0; earlier--)
        {
            var other = _path[earlier];
            if (other.Chosen != node.Chosen && Meet(other.Touches, node.Touches))
            {
                if (other.Enabled.ContainsKey(node.Chosen))
                {
                    other.Wanted.Add(node.Chosen);
                }
                else
                {
                    other.Wanted.UnionWith(other.Enabled.Keys);
                }
                return;
            }
        }
    }

    /// <summary>To the last choice that is to be made differently; false when there is none.</summary>
    private bool GoBack()
    {
        while (_path.Count > 0)
        {
            var node = _path[^1];
            node.Done.Add(node.Chosen);
            var next = node.Wanted.Where(actor => !node.Done.Contains(actor) && !node.Sleep.Contains(actor)).Order().FirstOrDefault(-1);
            if (next >= 0)
            {
                node.Chosen = next;
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    private static bool Meet(IReadOnlyList<RowRange> a, IReadOnlyList<RowRange> b)
    {
        foreach (var one in a)
        {
            foreach (var other in b)
            {
                if (one.Meets(other))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private sealed class Node
    {
        public required int Chosen { get; set; }

        /// <summary>Whose calls wait here, and what they touch.</summary>
        public Dictionary<int, IReadOnlyList<RowRange>> Enabled { get; set; } = [];

        /// <summary>Whose next call need not be tried here: it was tried before, and nothing that met it has happened since.</summary>
        public required HashSet<int> Sleep { get; init; }

        public required HashSet<int> Wanted { get; init; }

        public HashSet<int> Done { get; } = [];

        public IReadOnlyList<RowRange> Touches => Enabled[Chosen];

        /// <summary>Whoever does not wait in this run, since random keys made it another one, is tried again: that costs a run and misses none.</summary>
        public HashSet<int> SleepAfter() => [.. Sleep.Concat(Done).Where(actor => actor != Chosen && Enabled.TryGetValue(actor, out var next) && !Meet(next, Touches))];
    }
}
