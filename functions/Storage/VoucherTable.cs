using System.Collections.Immutable;
using Azure.Data.Tables;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Storage;

/// <summary>Which rows a change needs to see.</summary>
public enum Reading
{
    State,
    StateAndSessions,
}

/// <summary>A row beside the state, as read; for a mail, the due row that goes with it.</summary>
public sealed record PartitionRow(string Key, string Version, DueItem? MailDue);

/// <summary>
/// Table <c>vouchers</c>: reads of a voucher's partition, and changes of single rows beside the state by the version that was read. <see cref="VoucherTransaction"/>
/// changes the state.
/// </summary>
public sealed class VoucherTable(StorageTables tables)
{
    private const int ReadsAtOnce = 16;

    public async Task<VoucherSnapshot?> FindAsync(VoucherId id, Reading reading, CancellationToken cancellation)
    {
        if (reading == Reading.State)
        {
            var state = await tables.Vouchers.FindAsync(id.Value, VoucherRows.State, cancellation);
            return state is null ? null : new VoucherSnapshot(VoucherRows.ToVoucher(state), state.ETag.ToString(), []);
        }
        VoucherSnapshot? found = null;
        var sessions = ImmutableArray.CreateBuilder<Session>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, VoucherRows.SessionPrefix, VoucherRows.AfterState, null, cancellation))
        {
            if (entity.RowKey == VoucherRows.State)
            {
                found = new VoucherSnapshot(VoucherRows.ToVoucher(entity), entity.ETag.ToString(), []);
            }
            else
            {
                sessions.Add(VoucherRows.ToSession(entity));
            }
        }
        return found is null ? null : found with { Sessions = sessions.ToImmutable() };
    }

    public async Task<OutboxMail?> FindMailAsync(VoucherId id, Guid mail, CancellationToken cancellation) =>
        await tables.Vouchers.FindAsync(id.Value, VoucherRows.MailRow(mail), cancellation) is { } entity ? VoucherRows.ToMail(entity) : null;

    /// <summary>The mails that wait.</summary>
    public Task<IReadOnlyList<OutboxMail>> FindMailsAsync(VoucherId id, CancellationToken cancellation) =>
        FindRangeAsync(id, VoucherRows.MailPrefix, VoucherRows.AfterMails, VoucherRows.ToMail, cancellation);

    public async Task<StoredDocument?> FindDocumentAsync(VoucherId id, string document, CancellationToken cancellation) =>
        await tables.Vouchers.FindAsync(id.Value, VoucherRows.DocumentRow(document), cancellation) is { } entity ? VoucherRows.ToDocument(entity) : null;

    public Task<IReadOnlyList<StoredDocument>> FindDocumentsAsync(VoucherId id, CancellationToken cancellation) =>
        FindRangeAsync(id, VoucherRows.DocumentPrefix, VoucherRows.AfterDocuments, VoucherRows.ToDocument, cancellation);

    /// <summary>Every row of the partition but the state.</summary>
    public async Task<IReadOnlyList<PartitionRow>> OtherRowsAsync(VoucherId id, CancellationToken cancellation)
    {
        var rows = new List<PartitionRow>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, "!", "~", null, cancellation))
        {
            if (entity.RowKey != VoucherRows.State)
            {
                var isMail = entity.RowKey.StartsWith(VoucherRows.MailPrefix, StringComparison.Ordinal);
                rows.Add(new PartitionRow(entity.RowKey, entity.ETag.ToString(), isMail ? MailDue.Of(id, VoucherRows.ToMail(entity)) : null));
            }
        }
        return rows;
    }

    /// <summary>The states in the order of the ids; null where there is none.</summary>
    public async Task<IReadOnlyList<Voucher?>> FindManyAsync(IReadOnlyList<VoucherId> ids, CancellationToken cancellation)
    {
        var found = new Voucher?[ids.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ids.Count),
            Parallelism.AtMost(ReadsAtOnce, cancellation),
            async (index, stop) => found[index] = (await FindAsync(ids[index], Reading.State, stop))?.Voucher);
        return found;
    }

    /// <summary>Removes the last row of a partition, the state itself. True when it is gone, false when somebody changed it.</summary>
    public async Task<bool> TryRemoveAsync(VoucherSnapshot read, CancellationToken cancellation) =>
        await TryRemoveRowAsync(read.Voucher.Id, VoucherRows.State, read.Version, cancellation)
        || await FindAsync(read.Voucher.Id, Reading.State, cancellation) is null;

    /// <summary>False when the row was changed meanwhile; a row that is not there counts as removed (docs/rules.md#r7).</summary>
    public Task<bool> TryRemoveRowAsync(VoucherId id, string row, string version, CancellationToken cancellation) =>
        tables.Vouchers.TryDeleteAsync(id.Value, row, StoredVersion.Of(version), cancellation);

    /// <summary>Removes rows of one partition, a hundred at a time; false when one of them was changed or removed meanwhile.</summary>
    public async Task<bool> TryRemoveRowsAsync(VoucherId id, IReadOnlyList<PartitionRow> rows, CancellationToken cancellation)
    {
        foreach (var chunk in rows.Chunk(TableLimits.BatchActions))
        {
            var batch = new TableBatch(id.Value);
            foreach (var row in chunk)
            {
                batch.Delete(row.Key, StoredVersion.Of(row.Version));
            }
            if (await tables.Vouchers.TryCommitAsync(batch, cancellation) is null)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Replaces a session's row; null when it was changed or ended meanwhile.</summary>
    public async Task<Session?> TryTouchAsync(VoucherId id, Session session, CancellationToken cancellation) =>
        await tables.Vouchers.TryReplaceAsync(VoucherRows.ToEntity(id, session), StoredVersion.Of(session.Version), cancellation) is { } version
            ? session with { Version = version.ToString() }
            : null;

    /// <summary>Replaces a mail's row, for a lease or a later attempt; null when somebody else did.</summary>
    public async Task<OutboxMail?> TryReplaceAsync(VoucherId id, OutboxMail mail, CancellationToken cancellation) =>
        await tables.Vouchers.TryReplaceAsync(VoucherRows.ToEntity(id, mail), StoredVersion.Of(mail.Version), cancellation) is { } version
            ? mail with { Version = version.ToString() }
            : null;

    /// <summary>False when another sender has taken it over, because our lease ran out.</summary>
    public Task<bool> TryRemoveAsync(VoucherId id, OutboxMail mail, CancellationToken cancellation) =>
        TryRemoveRowAsync(id, VoucherRows.MailRow(mail.Id), mail.Version!, cancellation);

    private async Task<IReadOnlyList<T>> FindRangeAsync<T>(
        VoucherId id, string first, string end, Func<TableEntity, T> read, CancellationToken cancellation)
    {
        var found = new List<T>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, first, end, null, cancellation))
        {
            found.Add(read(entity));
        }
        return found;
    }
}
