using Azure;
using Azure.Data.Tables;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Storage;

/// <summary>What Azurite accepts or answers badly and the real service refuses, refused before anything is sent.</summary>
[Trait("Storage", "both")]
public sealed class TableLimitsTests(AzuriteFixture azurite)
{
    private static readonly ETag Read = new("W/\"read\"");

    public static TheoryData<string> ForbiddenKeys => ["a/b", "a\\b", "a#b", "a?b", "a\nb", "a\u007Fb", "a\u0085b", "a'b", "", new string('a', 513)];

    [Fact]
    public void A_batch_over_two_partitions_is_refused()
    {
        var batch = new TableBatch("one").Add(new TableEntity("one", "row"));

        Assert.Throws<ArgumentException>(() => batch.Add(new TableEntity("two", "other")));
    }

    [Fact]
    public void A_batch_of_101_changes_is_refused()
    {
        var batch = new TableBatch("one");
        for (var row = 0; row < TableLimits.BatchActions; row++)
        {
            batch.Add(new TableEntity("one", $"row{row}"));
        }

        Assert.Throws<ArgumentException>(() => batch.Add(new TableEntity("one", "row100")));
        Assert.Equal(100, batch.Actions.Count);
    }

    [Fact]
    public void A_batch_that_changes_a_row_twice_is_refused()
    {
        var batch = new TableBatch("one").Add(new TableEntity("one", "row"));

        Assert.Throws<ArgumentException>(() => batch.Delete("row", Read));
    }

    [Fact]
    public async Task A_row_of_253_properties_is_refused()
    {
        await using var store = await Store.OpenAsync(azurite);

        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryAddAsync(WithProperties(253), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryReplaceAsync(WithProperties(253), Read, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => new TableBatch("one").Add(WithProperties(253)));
        Assert.Throws<ArgumentException>(() => new TableBatch("one").Replace(WithProperties(253), Read));
        Assert.Equal(0, store.Requests);
    }

    [Fact]
    public async Task A_row_of_252_properties_is_stored()
    {
        await using var store = await Store.OpenAsync(azurite);

        await store.Table.TryAddAsync(WithProperties(252), TestContext.Current.CancellationToken);

        var found = await store.Table.FindAsync("one", "row", TestContext.Current.CancellationToken);
        Assert.Equal("251", found?.GetString("P251"));
    }

    [Fact]
    public async Task A_date_before_1601_is_refused()
    {
        await using var store = await Store.OpenAsync(azurite);
        var instant = new TableEntity("one", "row") { ["At"] = new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero) };
        var date = new TableEntity("one", "row") { ["At"] = new DateTime(1600, 12, 31, 23, 59, 59, DateTimeKind.Utc) };

        foreach (var early in (TableEntity[])[instant, date])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryAddAsync(early, TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryReplaceAsync(early, Read, TestContext.Current.CancellationToken));
            Assert.Throws<ArgumentException>(() => new TableBatch("one").Add(early));
        }

        Assert.Equal(0, store.Requests);
    }

    [Theory]
    [MemberData(nameof(ForbiddenKeys))]
    public async Task A_key_that_the_service_does_not_take_is_refused(string key)
    {
        await using var store = await Store.OpenAsync(azurite);
        var stop = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryAddAsync(new TableEntity("one", key), stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryAddAsync(new TableEntity(key, "row"), stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryReplaceAsync(new TableEntity("one", key), Read, stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.FindAsync("one", key, stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryDeleteAsync("one", key, Read, stop));
        Assert.Throws<ArgumentException>(() => store.Table.RangeAsync("one", key, "~", null, stop));
        Assert.Throws<ArgumentException>(() => new TableBatch("one").Add(new TableEntity("one", key)));
        Assert.Throws<ArgumentException>(() => new TableBatch("one").Delete(key, Read));
        Assert.Equal(0, store.Requests);
    }

    [Fact]
    public async Task A_change_without_the_version_that_was_read_is_refused()
    {
        await using var store = await Store.OpenAsync(azurite);
        var entity = new TableEntity("one", "row");

        foreach (var version in (ETag[])[default, ETag.All, new ETag("*")])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryReplaceAsync(entity, version, TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<ArgumentException>(() => store.Table.TryDeleteAsync("one", "row", version, TestContext.Current.CancellationToken));
            Assert.Throws<ArgumentException>(() => new TableBatch("one").Replace(entity, version));
            Assert.Throws<ArgumentException>(() => new TableBatch("one").Delete("row", version));
        }

        Assert.Equal(0, store.Requests);
    }

    [Fact]
    public async Task A_batch_with_an_outdated_version_changes_nothing()
    {
        await using var store = await Store.OpenAsync(azurite);
        var stop = TestContext.Current.CancellationToken;
        var outdated = await store.Table.TryAddAsync(new TableEntity("one", "row") { ["Text"] = "first" }, stop);
        await store.Table.TryReplaceAsync(new TableEntity("one", "row") { ["Text"] = "second" }, outdated!.Value, stop);
        var batch = new TableBatch("one")
            .Add(new TableEntity("one", "other"))
            .Replace(new TableEntity("one", "row") { ["Text"] = "third" }, outdated.Value);

        var committed = await store.Table.TryCommitAsync(batch, stop);

        Assert.Null(committed);
        Assert.Equal("second", (await store.Table.FindAsync("one", "row", stop))?.GetString("Text"));
        Assert.Null(await store.Table.FindAsync("one", "other", stop));
    }

    private static TableEntity WithProperties(int count)
    {
        var entity = new TableEntity("one", "row");
        for (var property = 0; property < count; property++)
        {
            entity[$"P{property}"] = $"{property}";
        }
        return entity;
    }
}
