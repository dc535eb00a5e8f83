using Azure.Data.Tables;
using VoucherFunctions.InMemoryStorage.Tables;
using Xunit;

namespace VoucherFunctions.Tests.StorageContract;

/// <summary>The contract, kept by the service in memory; and what the real service refuses but Azurite takes, or answers badly.</summary>
public sealed class MemoryTableTests : TableServiceContract
{
    private readonly MemoryTables _memory = new();

    public MemoryTableTests() => Service = _memory.NewClient();

    protected override TableServiceClient Service { get; }

    [Fact]
    public Task A_transaction_over_two_partitions_is_refused() => FailedAsync(
        400, "CommandsInBatchActOnDifferentPartitions", 1, [Add("r", 1), new(TableTransactionActionType.Add, new TableEntity("q", "r"), default)]);

    [Fact]
    public Task A_transaction_with_the_same_row_twice_is_refused() => FailedAsync(400, "InvalidDuplicateRow", 1, [Add("r", 1), Add("r", 2)]);

    [Fact]
    public async Task A_transaction_of_101_changes_is_refused()
    {
        await FailedAsync(400, "InvalidInput", 99, Enumerable.Range(0, 101).Select(number => Add($"r{number}", number)));

        Assert.Empty(await RowsAsync("PartitionKey eq 'p'"));
    }

    [Fact]
    public Task A_row_with_253_properties_is_refused() => RefusedAsync(400, "TooManyProperties", () => AddAsync(With(253)));

    [Fact]
    public Task A_date_before_1601_is_refused() => RefusedAsync(
        400, "OutOfRangeInput", () => AddAsync(new TableEntity("p", "r") { ["At"] = new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero) }));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    public Task A_forbidden_character_in_a_key_is_refused(string key) => RefusedAsync(400, "OutOfRangeInput", () => AddAsync(new TableEntity("p", key)));

    [Fact]
    public Task A_key_of_more_than_a_kibibyte_is_refused() => RefusedAsync(400, "KeyValueTooLarge", () => AddAsync(new TableEntity("p", new string('k', 513))));

    [Fact]
    public Task A_text_of_more_than_64_kibibytes_is_refused() =>
        RefusedAsync(400, "PropertyValueTooLarge", () => AddAsync(new TableEntity("p", "r") { ["Text"] = new string('x', 32 * 1024 + 1) }));

    [Fact]
    public async Task A_query_may_begin_with_an_empty_page()
    {
        _memory.Service.BeginsWithEmptyPages = true;
        await AddAsync(new TableEntity("p", "r"));
        var pages = 0;
        await foreach (var _ in Service.GetTableClient(_memory.Space.Save().Tables.Keys.Single()).QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: TestContext.Current.CancellationToken).AsPages())
        {
            pages++;
        }

        Assert.Equal(2, pages);
        Assert.Equal(["r"], await RowsAsync("PartitionKey eq 'p'"));
    }

    [Fact]
    public Task A_filter_that_is_not_understood_is_refused() => RefusedAsync(501, "NotImplemented", () => RowsAsync("Number eq 5"));
}
