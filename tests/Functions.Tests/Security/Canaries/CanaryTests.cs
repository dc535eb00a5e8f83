using System.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Security.Canaries;

/// <summary>
/// Marked names, addresses, codes, tokens, passwords, places and documents go through every flow; afterwards nothing of them is in any log, trace, metric, table or
/// blob, whatever it was encoded as. That the search finds what is there shows <see cref="CanarySearchTests"/>.
/// </summary>
public sealed class CanaryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_marked_is_found_anywhere_in_clear()
    {
        using var sinks = new Sinks();
        var storage = new BrokenStorage();
        await using var app = await TestApp.StartAsync(azurite, options =>
        {
            options.Services = sinks.Listen;
            options.Tables = client => client.AddPolicy(storage, Azure.Core.HttpPipelinePosition.PerCall);
        });
        using var walk = new CanaryWalk(app, storage);

        await walk.LiveAsync();
        await AssertClearAsync(sinks, app, walk);
        await walk.EndAsync();
        await AssertClearAsync(sinks, app, walk);

        Assert.DoesNotContain(sinks.LogLines, line => walk.VoucherIds.Any(id => line.Contains(id, StringComparison.OrdinalIgnoreCase)));
        Assert.All(
            ["was activated", "was deleted", "A log-in was refused", "The storage failed", "Deletion receipt"],
            said => Assert.Contains(sinks.LogLines, line => line.Contains(said, StringComparison.Ordinal)));
    }

    private static async Task AssertClearAsync(Sinks sinks, TestApp app, CanaryWalk walk)
    {
        var kept = await sinks.CollectAsync(app);
        Assert.All(
            ["log", "trace", "metric", "table vouchers SealedName", "table vouchers SealedPlace", "blob content"],
            where => Assert.Contains(kept, each => each.Where == where));
        var (inTraces, elsewhere) = (new CanarySearch(walk.Canaries), new CanarySearch(walk.Canaries.Append(walk.Page)));
        var found = from each in kept from what in (each.Where == "trace" ? inTraces : elsewhere).FindIn(each.Value) select $"{what} in {each.Where}: {Shown(each.Value)}";
        var all = found.Distinct().ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static string Shown(byte[] value) => Encoding.UTF8.GetString(value.AsSpan(0, Math.Min(value.Length, 300)));
}
