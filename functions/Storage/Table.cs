using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>
/// The one way to a table. There is no upsert and no unconditional change: what is not an insert carries the ETag that was read (docs/rules.md#r1),
/// and what Azurite accepts but the real service refuses is refused here (<see cref="TableLimits"/>).
/// </summary>
/// <remarks>
/// Faults: <see cref="RequestFailedException"/>: 409 there is such a row, 412 the row was changed, 404 the row is gone; anything else means that the
/// service did not do it, or did and could not say so.
/// </remarks>
public sealed class Table(TableClient client)
{
    /// <summary>Point read; null when there is no such row.</summary>
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellation)
    {
        TableLimits.CheckKeys(partition, row);
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Fails when the table does not answer or is not there.</summary>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await foreach (var _ in RangeAsync("probe", "a", "b", 1, cancellation))
        {
            break;
        }
    }

    /// <summary>The rows of one partition from <paramref name="first"/> (inclusive) to <paramref name="end"/> (exclusive), in key order.</summary>
    public IAsyncEnumerable<TableEntity> RangeAsync(string partition, string first, string end, int? pageSize, CancellationToken cancellation)
    {
        TableLimits.CheckKeys(partition, first);
        TableLimits.CheckKeys(partition, end);
        return client.QueryAsync<TableEntity>(
            $"PartitionKey eq '{partition}' and RowKey ge '{first}' and RowKey lt '{end}'", pageSize, cancellationToken: cancellation);
    }

    /// <summary>All rows whose partition lies from <paramref name="first"/> (inclusive) to <paramref name="end"/> (exclusive).</summary>
    public async IAsyncEnumerable<TableEntity> PartitionsAsync(string first, string end, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TableLimits.CheckKeys(first, end);
        var query = client.QueryAsync<TableEntity>(
            $"PartitionKey ge '{first}' and PartitionKey lt '{end}'", cancellationToken: cancellation);
        await foreach (var entity in query)
        {
            yield return entity;
        }
    }

    public async Task<ETag> AddAsync(TableEntity entity, CancellationToken cancellation)
    {
        TableLimits.Check(entity);
        var response = await client.AddEntityAsync(entity, cancellation);
        return TableLimits.Conditional(response.Headers.ETag ?? default);
    }

    /// <summary>Replaces the whole row if it still has this ETag.</summary>
    public async Task<ETag> ReplaceAsync(TableEntity entity, ETag read, CancellationToken cancellation)
    {
        TableLimits.Check(entity);
        var response = await client.UpdateEntityAsync(entity, TableLimits.Conditional(read), TableUpdateMode.Replace, cancellation);
        return TableLimits.Conditional(response.Headers.ETag ?? default);
    }

    /// <summary>Deletes the row if it still has this ETag. Not there counts as done (docs/rules.md#r7).</summary>
    public async Task DeleteAsync(string partition, string row, ETag read, CancellationToken cancellation)
    {
        TableLimits.CheckKeys(partition, row);
        await client.DeleteEntityAsync(partition, row, TableLimits.Conditional(read), cancellation);
    }

    /// <summary>All or nothing. Returns the new ETag of each row, in order.</summary>
    public async Task<IReadOnlyList<ETag>> CommitAsync(TableBatch batch, CancellationToken cancellation)
    {
        var response = await client.SubmitTransactionAsync(batch.Actions, cancellation);
        return [.. response.Value.Select(each => each.Headers.ETag ?? default)];
    }
}
