using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>
/// The one way to a table. There is no upsert and no unconditional change: what is not an insert carries the ETag that was read (docs/rules.md#r1),
/// and what Azurite accepts but the real service refuses is refused here (<see cref="TableLimits"/>).
/// </summary>
/// <remarks>
/// A change whose condition does not hold is a result and no fault: somebody else was faster, or our own first try was applied and its answer lost (docs/rules.md#r6).
/// Faults: <see cref="RequestFailedException"/>: the service did not make the change, or made it and could not say so.
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

    /// <summary>The new row's ETag; null when there is such a row.</summary>
    public async Task<ETag?> TryAddAsync(TableEntity entity, CancellationToken cancellation)
    {
        TableLimits.Check(entity);
        try
        {
            var response = await client.AddEntityAsync(entity, cancellation);
            return TableLimits.Conditional(response.Headers.ETag ?? default);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }

    /// <summary>Replaces the whole row. Its new ETag; null when the row no longer has the ETag that was read.</summary>
    public async Task<ETag?> TryReplaceAsync(TableEntity entity, ETag read, CancellationToken cancellation)
    {
        TableLimits.Check(entity);
        try
        {
            var response = await client.UpdateEntityAsync(entity, TableLimits.Conditional(read), TableUpdateMode.Replace, cancellation);
            return TableLimits.Conditional(response.Headers.ETag ?? default);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }

    /// <summary>Adds the row, or replaces the one that was read. Its new ETag; null when somebody else was faster.</summary>
    /// <param name="read">The ETag that was read; null when no row was there.</param>
    public Task<ETag?> TrySaveAsync(TableEntity entity, ETag? read, CancellationToken cancellation) =>
        read is { } version ? TryReplaceAsync(entity, version, cancellation) : TryAddAsync(entity, cancellation);

    /// <summary>Reads a row, lets the change decide what it becomes, and saves that; after a conflict reads it again.</summary>
    /// <param name="change">From the row, or null when there is none, to the new row, or null to leave it.</param>
    public async Task ChangeAsync(string partition, string row, Func<TableEntity?, TableEntity?> change, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            var stored = await FindAsync(partition, row, cancellation);
            if (change(stored) is not { } next || await TrySaveAsync(next, stored?.ETag, cancellation) is not null)
            {
                return;
            }
        }
    }

    /// <summary>False when the row no longer has the ETag that was read. Not there counts as done (docs/rules.md#r7).</summary>
    public async Task<bool> TryDeleteAsync(string partition, string row, ETag read, CancellationToken cancellation)
    {
        TableLimits.CheckKeys(partition, row);
        try
        {
            await client.DeleteEntityAsync(partition, row, TableLimits.Conditional(read), cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            return false;
        }
    }

    /// <summary>All or nothing. The new ETag of each row, in order; null when one of the conditions does not hold.</summary>
    public async Task<IReadOnlyList<ETag>?> TryCommitAsync(TableBatch batch, CancellationToken cancellation)
    {
        try
        {
            var response = await client.SubmitTransactionAsync(batch.Actions, cancellation);
            return [.. response.Value.Select(each => each.Headers.ETag ?? default)];
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }
}
