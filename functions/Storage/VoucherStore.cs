using System.Collections.Immutable;
using System.Security.Cryptography;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Mail;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Storage;

/// <summary>Which rows a change needs to see.</summary>
public enum Reading
{
    State,
    StateAndSessions,
}

/// <summary>A row beside the state, as read; for a mail, the due row that goes with it.</summary>
public sealed record OtherRow(string Key, string Version, DueItem? MailDue);

/// <summary>The vouchers' partitions: reads, and changes by compare-and-swap on the state row.</summary>
public sealed class VoucherStore(StorageTables tables, DueTable due, MailDispatcher mails, VoucherMetrics metrics, TimeProvider clock)
{
    private const int KeptOperations = 8;
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
    public async Task<IReadOnlyList<OutboxMail>> FindMailsAsync(VoucherId id, CancellationToken cancellation)
    {
        var mails = new List<OutboxMail>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, VoucherRows.MailPrefix, VoucherRows.AfterMails, null, cancellation))
        {
            mails.Add(VoucherRows.ToMail(entity));
        }
        return mails;
    }

    public async Task<StoredDocument?> FindDocumentAsync(VoucherId id, string document, CancellationToken cancellation) =>
        await tables.Vouchers.FindAsync(id.Value, VoucherRows.DocumentRow(document), cancellation) is { } entity ? VoucherRows.ToDocument(entity) : null;

    public async Task<IReadOnlyList<StoredDocument>> FindDocumentsAsync(VoucherId id, CancellationToken cancellation)
    {
        var documents = new List<StoredDocument>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, VoucherRows.DocumentPrefix, VoucherRows.AfterDocuments, null, cancellation))
        {
            documents.Add(VoucherRows.ToDocument(entity));
        }
        return documents;
    }

    /// <summary>Every row of the partition but the state.</summary>
    public async Task<IReadOnlyList<OtherRow>> OtherRowsAsync(VoucherId id, CancellationToken cancellation)
    {
        var rows = new List<OtherRow>();
        await foreach (var entity in tables.Vouchers.RangeAsync(id.Value, "!", "~", null, cancellation))
        {
            if (entity.RowKey != VoucherRows.State)
            {
                var isMail = entity.RowKey.StartsWith(VoucherRows.MailPrefix, StringComparison.Ordinal);
                rows.Add(new OtherRow(entity.RowKey, entity.ETag.ToString(), isMail ? MailDue.Of(id, VoucherRows.ToMail(entity)) : null));
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
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellation, TaskScheduler = TaskScheduler.Current },
            async (index, stop) => found[index] = (await FindAsync(ids[index], Reading.State, stop))?.Voucher);
        return found;
    }

    /// <summary>Only issuing creates a state (docs/rules.md#r1). False when it is there already.</summary>
    public async Task<bool> AddAsync(Voucher voucher, CancellationToken cancellation)
    {
        if (await tables.Vouchers.TryAddAsync(VoucherRows.ToEntity(voucher), cancellation) is null)
        {
            return false;
        }
        metrics.Issued(voucher);
        return true;
    }

    /// <summary>
    /// Reads the state, lets the rule decide, and commits what it decided if nobody changed the state in between; otherwise decides again.
    /// A commit whose answer was lost is recognised by its id in the state (docs/rules.md#r6).
    /// </summary>
    public async Task<Result<T>> ChangeAsync<T>(
        VoucherId id, Reading reading, Func<VoucherSnapshot?, Decision<T>> decide, CancellationToken cancellation) =>
        await ChangeAsync(id, reading, await FindAsync(id, reading, cancellation), (snapshot, _) => Task.FromResult(decide(snapshot)), cancellation);

    /// <inheritdoc cref="ChangeAsync{T}(VoucherId, Reading, Func{VoucherSnapshot?, Decision{T}}, CancellationToken)"/>
    public async Task<Result<T>> ChangeAsync<T>(
        VoucherId id,
        Reading reading,
        VoucherSnapshot? snapshot,
        Func<VoucherSnapshot?, CancellationToken, Task<Decision<T>>> decide,
        CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            var decision = await decide(snapshot, cancellation);
            if (decision.Change is not { } change)
            {
                return decision.Answer;
            }
            var committed = await TryCommitAsync(snapshot!, change, cancellation);
            if (committed is not null)
            {
                return decision.Answer;
            }
            snapshot = await FindAsync(id, reading, cancellation);
        }
    }

    /// <summary>
    /// Commits the change to what was read. The new snapshot, or null when the state was changed by somebody else: nothing was done then. When the answer was lost,
    /// somebody else may have gone on from the change: then the snapshot is of what they left.
    /// </summary>
    public async Task<VoucherSnapshot?> TryCommitAsync(VoucherSnapshot read, VoucherChange change, CancellationToken cancellation)
    {
        var operation = Base32.Encode(RandomNumberGenerator.GetBytes(8));
        // The clock is read here once more: who polls for changes relies on an instant shortly before the write, however long the decision took.
        var next = change.Next.CommittedAfter(read.Voucher, clock.GetUtcNow()) with { Operations = [.. read.Voucher.Operations.TakeLast(KeptOperations - 1), operation] };
        change = change with { SendMails = [.. change.SendMails.Select(mail => mail with { TraceParent = Spans.Here })] };
        var dueItems = change.Due.AddRange(change.SendMails.Select(mail => MailDue.Of(next.Id, mail)));
        if (dueItems.Length > 0)
        {
            await due.AddAsync(dueItems, cancellation);
        }
        VoucherSnapshot? committed;
        try
        {
            var version = await TryWriteAsync(read, change, next, cancellation);
            committed = version is null ? null : new VoucherSnapshot(next, version, read.Sessions);
        }
        catch (Exception failure) when (StorageFailure.IsAmbiguous(failure, cancellation))
        {
            committed = await FindAppliedAsync(next.Id, operation, cancellation);
            if (committed is null)
            {
                throw;
            }
        }
        committed ??= await FindAppliedAsync(next.Id, operation, cancellation);
        if (committed is null)
        {
            return null;
        }
        metrics.Committed(read.Voucher, next, clock.GetUtcNow());
        foreach (var mail in change.SendMails)
        {
            mails.Post(new OutboxEntry(next.Id, mail.Id) { TraceParent = mail.TraceParent });
        }
        return committed;
    }

    /// <summary>Removes the last row of a partition, the state itself. True when it is gone, false when somebody changed it.</summary>
    public async Task<bool> RemoveAsync(VoucherSnapshot read, CancellationToken cancellation) =>
        await TryRemoveRowAsync(read.Voucher.Id, VoucherRows.State, read.Version, cancellation)
        || await FindAsync(read.Voucher.Id, Reading.State, cancellation) is null;

    /// <summary>False when the row was changed meanwhile; a row that is not there counts as removed (docs/rules.md#r7).</summary>
    public Task<bool> TryRemoveRowAsync(VoucherId id, string row, string version, CancellationToken cancellation) =>
        tables.Vouchers.TryDeleteAsync(id.Value, row, StoredVersion.Of(version), cancellation);

    /// <summary>Removes rows of one partition, a hundred at a time; false when one of them was changed or removed meanwhile.</summary>
    public async Task<bool> TryRemoveRowsAsync(VoucherId id, IReadOnlyList<OtherRow> rows, CancellationToken cancellation)
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

    private async Task<VoucherSnapshot?> FindAppliedAsync(VoucherId id, string operation, CancellationToken cancellation) =>
        await FindAsync(id, Reading.StateAndSessions, cancellation) is { } now && now.Voucher.Operations.Contains(operation) ? now : null;

    /// <summary>Every insert travels with the conditional write of the state (docs/rules.md#r2). The state's new version; null after a conflict.</summary>
    private async Task<string?> TryWriteAsync(VoucherSnapshot read, VoucherChange change, Voucher next, CancellationToken cancellation)
    {
        var state = VoucherRows.ToEntity(next);
        if (change.IsOfStateOnly)
        {
            return (await tables.Vouchers.TryReplaceAsync(state, StoredVersion.Of(read.Version), cancellation))?.ToString();
        }
        var batch = new TableBatch(next.Id.Value).Replace(state, StoredVersion.Of(read.Version));
        foreach (var session in change.StartSessions)
        {
            batch.Add(VoucherRows.ToEntity(next.Id, session));
        }
        foreach (var mail in change.SendMails)
        {
            batch.Add(VoucherRows.ToEntity(next.Id, mail));
        }
        foreach (var session in change.EndSessions)
        {
            batch.Delete(VoucherRows.SessionRow(session.Id), StoredVersion.Of(session.Version));
        }
        foreach (var mail in change.DropMails)
        {
            batch.Delete(VoucherRows.MailRow(mail.Id), StoredVersion.Of(mail.Version));
        }
        foreach (var document in change.KeepDocuments)
        {
            var row = VoucherRows.ToEntity(next.Id, document);
            _ = document.Version is null ? batch.Add(row) : batch.Replace(row, StoredVersion.Of(document.Version));
        }
        foreach (var document in change.DropDocuments)
        {
            batch.Delete(VoucherRows.DocumentRow(document.Id), StoredVersion.Of(document.Version));
        }
        return (await tables.Vouchers.TryCommitAsync(batch, cancellation))?[0].ToString();
    }
}
