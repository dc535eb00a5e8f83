using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Exploring;

/// <summary>
/// Goes through all orders in which actors' calls can be let through, and goes on from each state once: an order that comes to a state in which another was before is
/// broken off there. How many orders that covers is counted all the same.
/// </summary>
public sealed class MergedOrders
{
    private readonly List<(UInt128 State, int[] Enabled, int Index)> _path = [];
    private readonly Dictionary<UInt128, double> _orders = [];

    public int Runs { get; private set; }

    public int Cut { get; private set; }

    /// <summary>After so many it gives up.</summary>
    public int Most { get; init; } = int.MaxValue;

    public bool HasGivenUp { get; private set; }

    /// <summary>How many orders there are.</summary>
    public double Orders { get; private set; }

    public IReadOnlyList<int> Choices => [.. _path.Select(each => each.Enabled[each.Index])];

    public void Explore(World world, Action begin, Action step, Func<bool> end)
    {
        var counts = new List<double>();
        world.Labels = new Labels(world);
        try
        {
            Explore(world, begin, step, end, counts);
        }
        finally
        {
            world.Labels = null;
        }
    }

    private void Explore(World world, Action begin, Action step, Func<bool> end, List<double> counts)
    {
        do
        {
            begin();
            var isWhole = Run(world, step, out var covered);
            Runs += isWhole ? 1 : 0;
            Cut += isWhole ? 0 : 1;
            if (isWhole && !end())
            {
                return;
            }
            while (counts.Count < _path.Count)
            {
                counts.Add(0);
            }
            if (_path.Count > 0)
            {
                counts[_path.Count - 1] += covered;
            }
        }
        while (GoBack(counts) && !(HasGivenUp = Runs + Cut >= Most));
    }

    private bool Run(World world, Action step, out double covered)
    {
        covered = 1;
        for (var depth = 0; ; depth++)
        {
            if (depth == _path.Count)
            {
                var state = world.Labels!.Mark();
                if (_orders.TryGetValue(state, out covered))
                {
                    return false;
                }
                covered = 1;
                int[] enabled = [.. world.Actors.Index().Where(each => each.Item.Waiting.Count > 0).Select(each => each.Index)];
                if (enabled.Length == 0)
                {
                    _orders[state] = 1;
                    return true;
                }
                _path.Add((state, enabled, 0));
            }
            var actor = world.Actors[_path[depth].Enabled[_path[depth].Index]];
            world.Let(actor.Waiting[0]);
            step();
        }
    }

    /// <summary>To the last choice that can be made differently. What lies behind it is known then.</summary>
    private bool GoBack(List<double> counts)
    {
        while (_path.Count > 0)
        {
            var last = _path.Count - 1;
            var (state, enabled, index) = _path[last];
            if (index + 1 < enabled.Length)
            {
                _path[last] = (state, enabled, index + 1);
                return true;
            }
            _orders[state] = counts[last];
            _path.RemoveAt(last);
            counts.RemoveAt(last);
            if (last > 0)
            {
                counts[last - 1] += _orders[state];
            }
            else
            {
                Orders = _orders[state];
            }
        }
        return false;
    }
}
