using System.Collections.Immutable;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>What somebody asked and was told. Times are steps of the run, in which order matters and nothing else.</summary>
public sealed record Operation(Flow Flow, string Label, DateTimeOffset Now, int Asked)
{
    /// <summary>When the answer came; never for a request whose process died.</summary>
    public int Answered { get; set; } = int.MaxValue;

    public Reply Reply { get; set; } = Reply.None;

    /// <summary>Whether it may have happened or not: nobody knows, or it was a timer, which may leave to its next run what somebody else is at.</summary>
    public bool IsUnsure => Reply.IsUnsure || Flow.Timer is not null;

    public override string ToString() => $"{Flow}: {Reply}";
}

/// <summary>
/// Whether what people were told, and what is stored in the end, could have come about one step after the other by the model (linearizability; Wing and Gong 1993).
/// A request without a certain answer may have got as far as any of its steps, or not begun.
/// </summary>
public static class History
{
    /// <summary>The states of the model after the history, in words.</summary>
    public static HashSet<string> Ends(ImmutableSortedDictionary<string, ModelVoucher> start, IReadOnlyList<Operation> operations, DateTimeOffset now, Func<ModelVoucher, DateTimeOffset, string> describe) =>
        [.. States(start, operations).Select(state => string.Join("; ", state.Select(each => $"{each.Key} {describe(each.Value, now)}")))];

    /// <summary>All states in which the model can be after the history; none when it could not have told people this.</summary>
    public static IReadOnlyList<ImmutableSortedDictionary<string, ModelVoucher>> States(ImmutableSortedDictionary<string, ModelVoucher> start, IReadOnlyList<Operation> operations)
    {
        var ends = new List<ImmutableSortedDictionary<string, ModelVoucher>>();
        Go(start, [.. operations.Select(_ => 0)]);
        return ends;

        void Go(ImmutableSortedDictionary<string, ModelVoucher> state, int[] done)
        {
            if (operations.Index().All(each => done[each.Index] < 0 || each.Item.IsUnsure))
            {
                ends.Add(state);
            }
            for (var index = 0; index < operations.Count; index++)
            {
                if (done[index] < 0 || !MayGoOn(index, done))
                {
                    continue;
                }
                var operation = operations[index];
                var (reply, next) = Model.Of(operation.Flow.Name)[done[index]](state, operation.Label, operation.Now);
                if (reply is null || operation.IsUnsure || Fits(operation.Reply, reply))
                {
                    var further = (int[])done.Clone();
                    further[index] = reply is null ? done[index] + 1 : -1;
                    Go(next, further);
                }
                if (!operation.Flow.HasOwnCount && IsRefusalForTime(operation.Reply))
                {
                    var further = (int[])done.Clone();
                    further[index] = -1;
                    Go(state, further);
                }
            }
        }

        // Nobody's step comes before something that was answered before it was asked.
        bool MayGoOn(int index, int[] done) => operations.Index().All(each =>
            each.Index == index || done[each.Index] < 0 || each.Item.IsUnsure || each.Item.Answered > operations[index].Asked);
    }

    private static bool Fits(Reply reply, string expected) => expected.Split('|').Contains(reply.ToString());

    /// <summary>The model knows no throttles: such a refusal changes nothing.</summary>
    private static bool IsRefusalForTime(Reply reply) => reply.Code is "too-soon" or "too-many-attempts";
}
