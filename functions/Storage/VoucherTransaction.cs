using System.Security.Cryptography;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Telemetry;

namespace VoucherFunctions.Storage;

/// <summary>
/// The one way to change a voucher: compare-and-swap on its state row, with everything that belongs to the change in the same transaction. It keeps the rules of
/// storage R1, R2, R4, R6 and R8 (docs/rules.md), so that services need not know them.
/// </summary>
public sealed class VoucherTransaction(StorageTables tables, VoucherTable vouchers, DueTable due, MailDispatcher mails, VoucherMetrics metrics, TimeProvider clock)
{
    private const int KeptOperations = 8;

    /// <summary>Only issuing creates a state (docs/rules.md#r1). False when it is there already.</summary>
    public async Task<bool> IssueAsync(Voucher voucher, CancellationToken cancellation)
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
    /// </summary>
    public async Task<Result<T>> ChangeAsync<T>(
        VoucherId id, Reading reading, Func<VoucherSnapshot?, Decision<T>> rule, CancellationToken cancellation) =>
        await ChangeAsync(id, reading, await vouchers.FindAsync(id, reading, cancellation), rule, cancellation);

    /// <inheritdoc cref="ChangeAsync{T}(VoucherId, Reading, Func{VoucherSnapshot?, Decision{T}}, CancellationToken)"/>
    /// <param name="read">The state as it was read before.</param>
    public async Task<Result<T>> ChangeAsync<T>(
        VoucherId id, Reading reading, VoucherSnapshot? read, Func<VoucherSnapshot?, Decision<T>> rule, CancellationToken cancellation)
    {
        for (var retry = new OptimisticRetry(); ; retry.CountConflict())
        {
            var decision = rule(read);
            if (await TryCommitAsync(read, decision, cancellation))
            {
                return decision.Answer;
            }
            read = await vouchers.FindAsync(id, reading, cancellation);
        }
    }

    /// <summary>Commits what a rule decided, if it decided on a change. False when the state was changed by somebody else: nothing was done then.</summary>
    public async Task<bool> TryCommitAsync<T>(VoucherSnapshot? read, Decision<T> decision, CancellationToken cancellation) =>
        decision.Change is not { } change || await TryCommitAsync(read!, change, cancellation) is not null;

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
        // Before the commit that needs them (docs/rules.md#r4).
        if (dueItems.Length > 0)
        {
            await due.AddAsync(dueItems, cancellation);
        }
        if (await WriteOrFindAsync(read, change, next, operation, cancellation) is not { } committed)
        {
            return null;
        }
        metrics.Committed(read.Voucher, next, clock.GetUtcNow());
        // After the commit (docs/rules.md#r8).
        foreach (var mail in change.SendMails)
        {
            mails.Post(new OutboxEntry(next.Id, mail.Id) { TraceParent = mail.TraceParent });
        }
        return committed;
    }

    /// <summary>A commit whose answer was lost is recognised by its id in the state (docs/rules.md#r6).</summary>
    private async Task<VoucherSnapshot?> WriteOrFindAsync(
        VoucherSnapshot read, VoucherChange change, Voucher next, string operation, CancellationToken cancellation)
    {
        try
        {
            if (await TryWriteAsync(read, change, next, cancellation) is { } version)
            {
                return new VoucherSnapshot(next, version, read.Sessions);
            }
        }
        catch (Exception failure) when (StorageFailure.IsAmbiguous(failure, cancellation))
        {
            if (await FindAppliedAsync(next.Id, operation, cancellation) is { } applied)
            {
                return applied;
            }
            throw;
        }
        return await FindAppliedAsync(next.Id, operation, cancellation);
    }

    private async Task<VoucherSnapshot?> FindAppliedAsync(VoucherId id, string operation, CancellationToken cancellation) =>
        await vouchers.FindAsync(id, Reading.StateAndSessions, cancellation) is { } now && now.Voucher.Operations.Contains(operation) ? now : null;

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
