using System.Text.Json.Nodes;
using VoucherFunctions.Domain.Erasure;
using Xunit;

namespace VoucherFunctions.Tests.Lifecycle;

/// <summary>Whatever is done to receipts afterwards, the check tells.</summary>
public sealed class ReceiptChainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (Action<JsonObject> Tamper, string Said)> Tampering = new()
    {
        ["a count is changed"] = (download => At(download, 1)["atEnd"] = 3, "Receipt 2 in"),
        ["an instant is changed"] = (download => At(download, 0)["at"] = "2026-11-22T10:00:01Z", "Receipt 1 in"),
        ["the cut-off is changed"] = (download => At(download, 1)["cutOff"] = "2026-11-22T10:00:00Z", "Receipt 2 in"),
        ["the cut-off is dropped"] = (download => At(download, 1).Remove("cutOff"), "Receipt 2 in"),
        ["a hash is changed"] = (download => At(download, 2)["hash"] = At(download, 1)["hash"]!.GetValue<string>(), "Receipt 3 in"),
        ["a count is changed and hashed again"] = (download => Replace(download, 1, Of(2, 9, At(download, 0)["hash"]!.GetValue<string>())), "Receipt 3 does not follow"),
        ["the first is removed"] = (download => Receipts(download).RemoveAt(0), "Receipt 1 is missing"),
        ["one in the middle is removed"] = (download => Receipts(download).RemoveAt(1), "missing or out of order"),
        ["the last is removed"] = (download => Receipts(download).RemoveAt(3), "Receipts after 3 are missing"),
        ["two change places"] = (download => Swap(Receipts(download)), "missing or out of order"),
        ["two change numbers"] = (
            download => (At(download, 1)["number"], At(download, 2)["number"]) = (3, 2), "was altered"),
        ["one is there twice"] = (download => Receipts(download).Insert(1, At(download, 1).DeepClone()), "missing or out of order"),
        ["one is invented at the end"] = (download => Receipts(download).Add(View(Of(5, 1, At(download, 3)["hash"]!.GetValue<string>()))), "Receipts after 4 were removed"),
        ["all are removed"] = (download => Receipts(download).Clear(), "Receipts after 0 are missing"),
        ["the end is cut off and the head with it"] = (
            download =>
            {
                Receipts(download).RemoveAt(3);
                download["head"] = new JsonObject { ["number"] = 3, ["hash"] = At(download, 2)["hash"]!.GetValue<string>() };
            },
            "Receipts after 3 were removed"),
        ["all are made anew"] = (
            download =>
            {
                var forged = Download(counts: [1, 1, 1, 1]);
                download["receipts"] = forged["receipts"]!.DeepClone();
                download["head"] = forged["head"]!.DeepClone();
            },
            "is not the one that was downloaded before"),
    };

    public static TheoryData<string> Ways => [.. Tampering.Keys];

    [Fact]
    public async Task An_untouched_chain_holds_in_one_file_in_pages_and_with_what_was_kept()
    {
        var whole = Download(counts: [2, 5, 1, 4]);
        var (first, second) = (Download(counts: [2, 5, 1, 4]), Download(counts: [2, 5, 1, 4]));
        Receipts(first).RemoveRange(2, 2);
        Receipts(second).RemoveRange(0, 2);
        var kept = Download(counts: [2, 5]);

        Assert.Equal((0, "The chain holds: 4 receipts, 12 accounts deleted at their end, 0 by wish, 0 again.\n"), await Chain.CheckAsync(whole));
        Assert.Equal(0, (await Chain.CheckAsync(first, second)).ExitCode);
        Assert.Equal(0, (await Chain.CheckAsync(kept, first, second)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_tampered_with_is_told(string way)
    {
        var kept = Download(counts: [2, 5, 1, 4]);
        var download = Download(counts: [2, 5, 1, 4]);
        var (tamper, expected) = Tampering[way];
        tamper(download);

        // What rewrites the whole consistently shows only beside what was kept.
        var (exit, said) = way is "the end is cut off and the head with it" or "all are made anew" ? await Chain.CheckAsync(kept, download) : await Chain.CheckAsync(download);

        Assert.True(exit == 1 && said.Contains(expected, StringComparison.Ordinal), $"{exit}: {said}");
    }

    private static JsonObject Download(int[] counts)
    {
        var receipts = new List<DeletionReceipt>();
        foreach (var (index, count) in counts.Index())
        {
            var at = Start.AddHours(index);
            receipts.Add(DeletionReceipt.After(receipts.LastOrDefault(), at, index == 0 ? null : at, new DeletedAccounts(count, 0, 0)));
        }
        return new JsonObject
        {
            ["receipts"] = new JsonArray([.. receipts.Select(View)]),
            ["head"] = new JsonObject { ["number"] = receipts.Count, ["hash"] = receipts[^1].Hash },
        };
    }

    private static DeletionReceipt Of(int number, int count, string previous) => new(number, Start, Start, new DeletedAccounts(count, 0, 0), previous);

    private static JsonObject View(DeletionReceipt receipt)
    {
        var view = new JsonObject
        {
            ["number"] = receipt.Number,
            ["at"] = Text(receipt.At),
            ["atEnd"] = receipt.Deleted.AtEnd,
            ["byWish"] = receipt.Deleted.ByWish,
            ["again"] = receipt.Deleted.Again,
            ["previous"] = receipt.Previous,
            ["hash"] = receipt.Hash,
        };
        if (receipt.CutOff is { } cutOff)
        {
            view["cutOff"] = Text(cutOff);
        }
        return view;
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray Receipts(JsonObject download) => download["receipts"]!.AsArray();

    private static JsonObject At(JsonObject download, int index) => Receipts(download)[index]!.AsObject();

    private static void Replace(JsonObject download, int index, DeletionReceipt receipt) => Receipts(download)[index] = View(receipt);

    private static void Swap(JsonArray receipts)
    {
        var second = receipts[1]!;
        receipts.RemoveAt(1);
        receipts.Insert(2, second);
    }
}
