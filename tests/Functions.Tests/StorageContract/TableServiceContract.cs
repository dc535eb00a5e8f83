using Azure;
using Azure.Data.Tables;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>
/// What the app relies on of the table service, seen through the SDK. Runs against the service in memory and against Azurite alike, so that the one may stand
/// for the other.
/// </summary>
public abstract class TableServiceContract : IAsyncLifetime
{
    private static readonly string[] ThreeRows = ["r1", "r2", "r3"];

    private TableClient Table { get; set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract TableServiceClient Service { get; }

    public async ValueTask InitializeAsync()
    {
        Table = Service.GetTableClient($"c{Guid.NewGuid():N}");
        await Table.CreateAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Table.DeleteAsync(Cancellation);
    }

    [Fact]
    public async Task A_row_reads_back_as_it_was_written()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero).AddTicks(1234567);
        var written = new TableEntity("p", "r")
        {
            ["Text"] = "Zoë \"'\\ 日本 <b>",
            ["Int"] = -5,
            ["Long"] = 1L << 40,
            ["Yes"] = true,
            ["Double"] = 1.5,
            ["At"] = at,
            ["Bytes"] = new byte[] { 0, 255, 7 },
            ["Id"] = Guid.Empty,
        };
        await Table.AddEntityAsync(written, Cancellation);

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;

        Assert.Equal("Zoë \"'\\ 日本 <b>", read.GetString("Text"));
        Assert.Equal(-5, read.GetInt32("Int"));
        Assert.Equal(1L << 40, read.GetInt64("Long"));
        Assert.True(read.GetBoolean("Yes"));
        Assert.Equal(1.5, read.GetDouble("Double"));
        Assert.Equal(at, read.GetDateTimeOffset("At"));
        Assert.Equal(new byte[] { 0, 255, 7 }, read.GetBinary("Bytes"));
        Assert.Equal(Guid.Empty, read.GetGuid("Id"));
        Assert.NotNull(read.Timestamp);
        Assert.Equal(12, read.Count);
    }

    [Fact]
    public async Task A_row_is_inserted_once()
    {
        await Table.AddEntityAsync(Row("r", 1), Cancellation);

        await RefusedAsync(409, "EntityAlreadyExists", () => Table.AddEntityAsync(Row("r", 2), Cancellation));

        Assert.Equal(1, await NumberAsync("r"));
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_not_found()
    {
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).HasValue);
        await RefusedAsync(404, "ResourceNotFound", () => Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_replacement_with_the_version_that_was_read_counts_and_gives_a_new_version()
    {
        var first = await AddAsync("r", 1);

        var second = await ReplaceAsync("r", 2, first);

        Assert.NotEqual(first, second);
        Assert.Equal(second, (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.ETag);
        Assert.Equal(2, await NumberAsync("r"));
    }

    [Fact]
    public async Task A_replacement_with_an_old_version_is_refused()
    {
        var first = await AddAsync("r", 1);
        await ReplaceAsync("r", 2, first);

        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => ReplaceAsync("r", 3, first));

        Assert.Equal(2, await NumberAsync("r"));
    }

    [Fact]
    public async Task Two_rows_never_have_the_same_version_not_even_with_the_same_content()
    {
        var first = await AddAsync("r", 1);

        Assert.NotEqual(first, await ReplaceAsync("r", 1, first));
    }

    [Fact]
    public async Task A_replacement_of_a_row_that_is_gone_is_not_found()
    {
        var first = await AddAsync("r", 1);
        await Table.DeleteEntityAsync("p", "r", first, Cancellation);

        await RefusedAsync(404, "ResourceNotFound", () => ReplaceAsync("r", 2, first));
    }

    [Fact]
    public async Task A_row_that_was_deleted_and_written_again_is_another_row()
    {
        var first = await AddAsync("r", 1);
        await Table.DeleteEntityAsync("p", "r", first, Cancellation);
        await AddAsync("r", 1);

        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => ReplaceAsync("r", 2, first));
    }

    [Fact]
    public async Task A_replacement_leaves_nothing_of_the_row_before()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Old"] = "x" }, Cancellation);
        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["New"] = "y" }, ETag.All, TableUpdateMode.Replace, Cancellation);

        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;

        Assert.False(read.ContainsKey("Old"));
        Assert.Equal("y", read.GetString("New"));
    }

    [Fact]
    public async Task An_upsert_writes_whatever_is_there()
    {
        await Table.UpsertEntityAsync(Row("r", 1), TableUpdateMode.Replace, Cancellation);
        await Table.UpsertEntityAsync(Row("r", 2), TableUpdateMode.Replace, Cancellation);

        Assert.Equal(2, await NumberAsync("r"));
    }

    [Fact]
    public async Task A_deletion_with_an_old_version_is_refused()
    {
        var first = await AddAsync("r", 1);
        await ReplaceAsync("r", 2, first);

        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => Table.DeleteEntityAsync("p", "r", first, Cancellation));

        Assert.Equal(2, await NumberAsync("r"));
    }

    [Fact]
    public async Task A_deletion_of_a_row_that_is_gone_says_so_without_an_exception()
    {
        var first = await AddAsync("r", 1);
        Assert.Equal(204, (await Table.DeleteEntityAsync("p", "r", first, Cancellation)).Status);

        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "r", first, Cancellation)).Status);
    }

    [Fact]
    public async Task A_transaction_happens_as_a_whole_and_gives_each_row_its_version()
    {
        var old = await AddAsync("old", 1);
        var gone = await AddAsync("gone", 1);

        var answer = await Table.SubmitTransactionAsync(
            [Add("new", 1), Replace("old", 2, old), new(TableTransactionActionType.Delete, new TableEntity("p", "gone"), gone)], Cancellation);

        Assert.Equal([204, 204, 204], answer.Value.Select(each => each.Status));
        Assert.Equal(1, await NumberAsync("new"));
        Assert.Equal(2, await NumberAsync("old"));
        Assert.Equal(["new", "old"], await RowsAsync("PartitionKey eq 'p'"));
        Assert.NotEqual(default, await ReplaceAsync("old", 3, answer.Value[1].Headers.ETag!.Value));
        Assert.NotEqual(default, await ReplaceAsync("new", 2, answer.Value[0].Headers.ETag!.Value));
    }

    [Fact]
    public async Task A_transaction_fails_as_a_whole_when_a_row_is_there_already()
    {
        await AddAsync("r", 1);

        await FailedAsync(409, "EntityAlreadyExists", 1, [Add("new", 1), Add("r", 2)]);

        Assert.Equal(["r"], await RowsAsync("PartitionKey eq 'p'"));
    }

    [Fact]
    public async Task A_transaction_fails_as_a_whole_when_a_version_is_old()
    {
        var first = await AddAsync("r", 1);
        await ReplaceAsync("r", 2, first);

        await FailedAsync(412, "UpdateConditionNotSatisfied", 1, [Add("new", 1), Replace("r", 3, first)]);

        Assert.Equal(["r"], await RowsAsync("PartitionKey eq 'p'"));
        Assert.Equal(2, await NumberAsync("r"));
    }

    [Fact]
    public async Task A_transaction_fails_as_a_whole_when_a_row_is_gone()
    {
        var first = await AddAsync("r", 1);
        await Table.DeleteEntityAsync("p", "r", first, Cancellation);

        await FailedAsync(404, "ResourceNotFound", 1, [Add("new", 1), new(TableTransactionActionType.Delete, new TableEntity("p", "r"), first)]);

        Assert.Empty(await RowsAsync("PartitionKey eq 'p'"));
    }

    [Fact]
    public async Task A_transaction_holds_a_hundred_changes()
    {
        await Table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(number => Add($"r{number:000}", number)), Cancellation);

        Assert.Equal(100, (await RowsAsync("PartitionKey eq 'p'")).Count);
    }

    [Fact]
    public async Task A_range_of_rows_comes_in_key_order_without_its_end()
    {
        foreach (var row in (string[])["b~", "a", "c", "b", "b-2", "b-10", "B"])
        {
            await AddAsync(row, 1);
        }
        await Table.AddEntityAsync(new TableEntity("q", "b"), Cancellation);

        Assert.Equal(["b", "b-10", "b-2", "b~"], await RowsAsync("PartitionKey eq 'p' and RowKey ge 'b' and RowKey lt 'c'"));
        Assert.Equal(["b-10", "b-2"], await RowsAsync("PartitionKey eq 'p' and RowKey gt 'b' and RowKey le 'b-2'"));
        Assert.Empty(await RowsAsync("PartitionKey eq 'p' and RowKey ge 'x' and RowKey lt 'y'"));
    }

    [Fact]
    public async Task A_range_goes_on_over_pages()
    {
        foreach (var row in ThreeRows)
        {
            await AddAsync(row, 1);
        }
        var pages = new List<string>();
        await foreach (var page in Table.QueryAsync<TableEntity>("PartitionKey eq 'p' and RowKey ge 'r1' and RowKey lt 'r9'", 2, cancellationToken: Cancellation).AsPages())
        {
            pages.Add(string.Join(',', page.Values.Select(entity => entity.RowKey)));
        }

        Assert.Equal(["r1,r2", "r3"], pages);
    }

    [Fact]
    public async Task A_page_goes_on_where_it_ended_when_rows_came_and_went_meanwhile()
    {
        var versions = new Dictionary<string, ETag>();
        foreach (var row in ThreeRows)
        {
            versions[row] = await AddAsync(row, 1);
        }
        var seen = new List<string>();
        await foreach (var entity in Table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 1, cancellationToken: Cancellation))
        {
            seen.Add(entity.RowKey);
            await Table.DeleteEntityAsync("p", entity.RowKey, versions[entity.RowKey], Cancellation);
        }

        Assert.Equal(ThreeRows, seen);
    }

    [Fact]
    public async Task A_range_of_partitions_comes_in_the_order_of_partition_and_row()
    {
        foreach (var (partition, row) in ((string, string)[])[("b", "2"), ("b", "1"), ("a", "9"), ("c", "0")])
        {
            await Table.AddEntityAsync(new TableEntity(partition, row), Cancellation);
        }

        Assert.Equal(["9", "1", "2"], await RowsAsync("PartitionKey ge 'a' and PartitionKey lt 'c'"));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("O'Neill")]
    [InlineData("100%25+&=,()")]
    [InlineData("日本é~")]
    public async Task Keys_may_hold_what_urls_escape(string key)
    {
        var first = (await Table.AddEntityAsync(new TableEntity(key, key) { ["Number"] = 1 }, Cancellation)).Headers.ETag!.Value;

        Assert.Equal(key, (await Table.GetEntityAsync<TableEntity>(key, key, cancellationToken: Cancellation)).Value.RowKey);
        Assert.Equal(204, (await Table.DeleteEntityAsync(key, key, first, Cancellation)).Status);
    }

    [Fact]
    public async Task A_row_holds_252_properties()
    {
        await Table.AddEntityAsync(With(252), Cancellation);

        Assert.Equal(252, (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value.Keys.Count(key => key.StartsWith('P') && key != "PartitionKey"));
    }

    [Fact]
    public async Task A_table_that_is_missing_is_told_from_a_row_that_is_missing()
    {
        var missing = Service.GetTableClient("nosuchtable");

        await RefusedAsync(404, "TableNotFound", () => missing.AddEntityAsync(Row("r", 1), Cancellation));
        await RefusedAsync(404, "TableNotFound", () => missing.UpdateEntityAsync(Row("r", 1), ETag.All, TableUpdateMode.Replace, Cancellation));
        await RefusedAsync(404, "TableNotFound", () => missing.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancellation).GetAsyncEnumerator().MoveNextAsync().AsTask());
        await RefusedAsync(404, "TableNotFound", () => missing.SubmitTransactionAsync([Add("r", 1)], Cancellation));
    }

    [Fact]
    public async Task A_table_is_created_once() =>
        await RefusedAsync(409, "TableAlreadyExists", () => Service.GetTableClient(Table.Name).CreateAsync(Cancellation));

    [Fact]
    public async Task Of_many_who_replace_the_same_version_at_once_one_wins()
    {
        var first = await AddAsync("r", 0);

        var winners = await Task.WhenAll(Enumerable.Range(1, 16).Select(async number =>
        {
            try
            {
                await ReplaceAsync("r", number, first);
                return number;
            }
            catch (RequestFailedException failure) when (failure.Status == 412)
            {
                return 0;
            }
        }));

        Assert.Equal(await NumberAsync("r"), Assert.Single(winners, number => number > 0));
    }

    /// <summary>Refused with this status and code, on every client.</summary>
    protected static async Task RefusedAsync(int status, string code, Func<Task> request)
    {
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(request);
        Assert.Equal((status, code), (failure.Status, failure.ErrorCode));
    }

    protected async Task FailedAsync(int status, string code, int index, IEnumerable<TableTransactionAction> actions)
    {
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(actions, Cancellation));
        Assert.Equal((status, code, index), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    protected Task AddAsync(TableEntity entity) => Table.AddEntityAsync(entity, Cancellation);

    protected async Task<IReadOnlyList<string>> RowsAsync(string filter)
    {
        var rows = new List<string>();
        await foreach (var entity in Table.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
        {
            rows.Add(entity.RowKey);
        }
        return rows;
    }

    protected static TableTransactionAction Add(string row, int number) => new(TableTransactionActionType.Add, Row(row, number), default);

    protected static TableEntity With(int properties)
    {
        var entity = new TableEntity("p", "r");
        foreach (var number in Enumerable.Range(0, properties))
        {
            entity[$"P{number}"] = number;
        }
        return entity;
    }

    private static TableTransactionAction Replace(string row, int number, ETag read) => new(TableTransactionActionType.UpdateReplace, Row(row, number), read);

    private static TableEntity Row(string row, int number) => new("p", row) { ["Number"] = number };

    private async Task<ETag> AddAsync(string row, int number) => (await Table.AddEntityAsync(Row(row, number), Cancellation)).Headers.ETag!.Value;

    private async Task<ETag> ReplaceAsync(string row, int number, ETag read) =>
        (await Table.UpdateEntityAsync(Row(row, number), read, TableUpdateMode.Replace, Cancellation)).Headers.ETag!.Value;

    private async Task<int?> NumberAsync(string row) =>
        (await Table.GetEntityAsync<TableEntity>("p", row, cancellationToken: Cancellation)).Value.GetInt32("Number");
}
