using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Erasure;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Registrations;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;
using VoucherFunctions.Telemetry;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Simulation.Mutants;

/// <summary>The mistakes that the exploration must find, every one of them.</summary>
/// <remarks>
/// Types and members that this project can see are named by <c>nameof</c>, so that a rename in the editor reaches them. Private members, parameters and locals are quoted: when one of them
/// is renamed, the build says which mutant has lost its place.
/// </remarks>
public static class SeededMutants
{
    private const string Conditional = $"{nameof(TableLimits)}.{nameof(TableLimits.Conditional)}";
    private const string PasswordHash = nameof(Account.PasswordHash);
    private const string SessionEpoch = nameof(Account.SessionEpoch);

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("the ETag is dropped", "R1", ["resend + cancel @ pending", "cancel + activate @ pending"],
            new Edit(nameof(TableBatch), $"TableTransactionActionType.UpdateReplace, entity, ‹{Conditional}(read)›", "§ ? ETag.All : …"),
            new Edit(nameof(Table), $"UpdateEntityAsync(entity, ‹{Conditional}(read)›", "§ ? ETag.All : …")),
        new("an insert is an upsert", "R1", ["activate + activate 2 @ two pending"],
            new Edit(nameof(Table), "await client.AddEntityAsync(entity, cancellation)", "§ ? await client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellation) : …")),
        new("rows are inserted beside the state's commit", "R2", ["register @ issued"],
            new Edit(nameof(VoucherTransaction), "batch.Add(VoucherRows.ToEntity(next.Id, mail));", $$"""
                if (§)
                {
                    if (await tables.{{nameof(StorageTables.Vouchers)}}.{{nameof(Table.TryReplaceAsync)}}(state, StoredVersion.Of(read.{{nameof(VoucherSnapshot.Version)}}), cancellation) is null)
                    {
                        return null;
                    }
                    await tables.{{nameof(StorageTables.Vouchers)}}.{{nameof(Table.TryAddAsync)}}(VoucherRows.ToEntity(next.{{nameof(Voucher.Id)}}, mail), cancellation);
                    return (await tables.{{nameof(StorageTables.Vouchers)}}.{{nameof(Table.FindAsync)}}(state.PartitionKey, state.RowKey, cancellation))!.ETag.ToString();
                }
                …
                """)),
        new("an account is locked by the timer only", "R3", ["log out @ active", "profile @ active"],
            new Edit(
                nameof(Voucher),
                $"{nameof(StoredStatus)}.{nameof(StoredStatus.Active)} => ‹now < {nameof(Voucher.Registration)}!.{nameof(Registration.AccessUntil)}› ?",
                $"… || (§ && {nameof(Voucher.Account)}!.{nameof(Account.ClosedAt)} is null)")),
        new("a link ends by the timer only", "R3", ["resend @ pending"],
            new Edit(nameof(Voucher), $"when ‹now < {nameof(Voucher.Registration)}!.{nameof(Registration.PendingUntil)}›", "§ || …")),
        new("the due row is written after the commit", "R4", ["register @ issued"],
            new Edit(nameof(VoucherTransaction), "if (‹dueItems.Length > 0›)", "… && !§"),
            new Edit(
                nameof(VoucherTransaction),
                $$"""‹foreach (var mail in change.{{nameof(VoucherChange.SendMails)}})› { mails.{{nameof(MailDispatcher.Post)}}(""",
                $$"""if (dueItems.Length > 0 && §) { await due.{{nameof(DueTable.AddAsync)}}(dueItems, cancellation); } …""")),
        new("the due row is removed first", "R4", ["lapse @ lapsed", "lock @ expired"],
            new Edit(nameof(Sweep), "var swept = await settle(", $$"""if (§) { await queue.{{nameof(DueTable.RemoveAsync)}}(item, cancellation); } …""")),
        new("an orphan is removed without grace", "R4", ["register + send mail @ issued", "register 2 + send mail @ mail waiting"],
            new Edit(nameof(DueItem), $"now - {nameof(DueItem.CreatedAt)} > {nameof(DueItem.OrphanGrace)}", "§ || …")),
        new("a claim that is one's own is accepted as it is", "R5", ["activate + activate 2 @ claimed by the dead"],
            new Edit(
                nameof(AddressClaims),
                $"if (await claims.{nameof(ClaimStore.TryWriteAsync)}(",
                $$"""if (§ && claim?.{{nameof(Claim.Voucher)}} == voucher.{{nameof(Voucher.Id)}}) { return true; } …""")),
        new("a claim is taken over without a fence", "R5", ["activate + activate 2 @ two pending", "activate + activate 2 @ claimed by the dead"],
            new Edit(nameof(AddressClaims), "if (‹holder is not null› && Fence(", "!§ && …")),
        new("a live holder is not looked for", "R5", ["activate 2 @ active"],
            new Edit(nameof(AddressClaims), "if (‹holder is not null› && IsLive(", "!§ && …")),
        new("the operation's id is not looked for", "R6", ["activate @ pending"],
            new Edit(nameof(VoucherTransaction), $"{nameof(Voucher.Operations)}.Contains(operation)", "… && !§")),
        new("what came after a commit whose answer was lost is overlooked", "R6", ["seed 383624"],
            new Edit(nameof(VoucherTransaction), "return ‹committed›;", $$"""§ ? committed with { {{nameof(VoucherSnapshot.Voucher)}} = next } : …""")),
        new("a claim is deleted whatever it says", "R7", ["cancel + activate 2 @ claimed by the dead", "correct + activate 2 @ claimed by the dead"],
            new Edit(nameof(Table), $"DeleteEntityAsync(partition, row, ‹{Conditional}(read)›", "§ && row == \"claim\" ? ETag.All : …")),
        new("the mail leaves before the commit", "R8, R10", ["erase @ active"],
            new Edit(nameof(Deletion), "var snapshot = read;", "… if (§) { Say(farewell); }"),
            new Edit(nameof(Deletion), $"‹Say(farewell);› }} await receipts.{nameof(DeletionReceipts.TryWriteAsync)}(", "if (!§) { … }")),
        new("a password that was right before the commit's state is right", "R10", ["log in + reset @ active", "log in + change password @ active"],
            new Edit(nameof(SessionRules), $"|| ‹account.{PasswordHash} != verifiedHash›", "(!§ && …)")),
        new("a mail is sent without a lease", "R8", ["send mail + send mail @ mail waiting"],
            new Edit(
                nameof(MailDelivery),
                $"var leased = ‹await vouchers.{nameof(VoucherTable.TryReplaceAsync)}›(",
                $$"""§ ? mail with { {{nameof(OutboxMail.LeasedUntil)}} = now + {{nameof(MailRules)}}.{{nameof(MailRules.Lease)}} } : …""")),
        new("a lease ends when the clock that is ahead says so", "R8", ["seed 502325"],
            new Edit(nameof(MailRules), $"{nameof(MailRules.LongestSend)} + ‹{nameof(Instants)}.{nameof(Instants.ClocksApart)}›;", "(§ ? TimeSpan.Zero : …)")),
        new("a mail's row goes before the mail", "R8", ["send mail @ mail waiting"],
            new Edit(
                nameof(MailDelivery),
                $"var (to, content) = await renderer.{nameof(MailRenderer.RenderAsync)}(",
                $$"""if (§) { await vouchers.{{nameof(VoucherTable.TryRemoveAsync)}}(id, leased, cancellation); } …""")),
        new("a voucher of the key before is not found", "R9", ["rotation"],
            new Edit(
                nameof(VoucherFinder),
                $$"""foreach (var version in ‹keys.{{nameof(HashingKeys.Versions)}}›) { var id =""",
                "….Take(§ ? 1 : int.MaxValue)")),
        new("the attempt is counted after the hash", "SECURITY", ["log in wrong + log in wrong @ nearly throttled", "log in wrong @ nearly throttled"],
            new Edit(nameof(Passwords), "var counted = await CountAsync(read, device, now, cancellation);", $$"""
                if (§)
                {
                    await place.VerifyAsync(password, read.{{nameof(VoucherSnapshot.Voucher)}}.{{nameof(Voucher.Account)}}!.{{PasswordHash}}, cancellation);
                }
                …
                """)),
        new("sessions outlive the password", "SECURITY", ["log out + change password @ active", "log in + reset @ active"],
            new Edit(nameof(Session), $"‹{nameof(Session.Epoch)} == account.{SessionEpoch}› && now < {nameof(Session.IdleUntil)}", "(§ || …)"),
            new Edit(nameof(SessionRules), $"|| ‹session.{nameof(Session.Epoch)} != account.{SessionEpoch}›", "(!§ && …)"),
            new Edit(nameof(PasswordRules), $"{nameof(VoucherChange.EndSessions)} = ‹read.{nameof(VoucherSnapshot.Sessions)}›,", "§ ? [] : …")),
        new("the state is deleted first", "R11", ["delete @ deletion due", "erase @ active"],
            new Edit(
                nameof(Deletion),
                $"await claims.{nameof(AddressClaims.ReleaseUnlessHeldAsync)}(registration.{nameof(Registration.EmailHash)}, voucher.{nameof(Voucher.Id)}, cancellation)",
                $$"""if (§) { await vouchers.{{nameof(VoucherTable.TryRemoveAsync)}}(snapshot, cancellation); } …""")),
        new("the claim outlives the account", "R11", ["erase @ active"],
            new Edit(nameof(AddressClaims), $"foreach (var key in ‹email.{nameof(EmailHash.Claims)}›)", "….Take(§ ? 0 : int.MaxValue)")),
        new("a resend moves the end", "P4", ["resend @ pending"],
            new Edit(
                nameof(RegistrationRules),
                $$"""var asked = registration with { ‹{{nameof(Registration.MailsAskedAt)}} = {{nameof(MailLimit)}}.{{nameof(MailLimit.Count)}}(registration.{{nameof(Registration.MailsAskedAt)}}, now)› };""",
                $"…, {nameof(Registration.PendingUntil)} = § ? now + {nameof(RegistrationRules.ActivationTime)} : registration.{nameof(Registration.PendingUntil)}")),
        new("a commit without an answer is a commit that failed", "R6", ["activate @ pending"],
            new Edit(nameof(VoucherTransaction), $"when (‹{nameof(StorageFailure)}.{nameof(StorageFailure.IsAmbiguous)}(failure, cancellation)›)", "!§ && …")),
        new("a sweep deletes because its row says so", "R4", ["change password + erase @ active", "erase + reset @ active"],
            new Edit(
                nameof(DeletionRules),
                $"|| ‹now < {nameof(AccountDue)}.{nameof(AccountDue.DeletionStart)}(registration.{nameof(Registration.AccessUntil)})›",
                "(!§ && …)")),
        new("an erasure is queued after its commit", "R4", ["erase @ active"],
            new Edit(nameof(DeletionRules), $"{nameof(VoucherChange.Due)} = ‹[{nameof(AccountDue)}.{nameof(AccountDue.Deletion)}(›", "§ ? [] : …"),
            new Edit(
                nameof(Deletion),
                $"var accountId = wiped.{nameof(VoucherSnapshot.Voucher)}.{nameof(Voucher.Registration)}!.{nameof(Registration.AccountId)};",
                $$"""
                …
                if (§)
                {
                    await due.{{nameof(DueTable.AddAsync)}}([{{nameof(AccountDue)}}.{{nameof(AccountDue.Deletion)}}(wiped.{{nameof(VoucherSnapshot.Voucher)}}.{{nameof(Voucher.Id)}}, accountId, now, now)], cancellation);
                }
                """)),
        new("an upload is noted after its blob is there", "R4", ["upload @ active"],
            new Edit(
                nameof(PersonalDocuments),
                $"var check = ‹await due.{nameof(DueTable.AddAsync)}({nameof(DocumentRules)}.{nameof(DocumentRules.BlobCheck)}(signedIn.{nameof(SignedIn.Voucher)}, blobId, startedAt), cancellation)›;",
                $$"""
                {{nameof(DocumentRules)}}.{{nameof(DocumentRules.BlobCheck)}}(signedIn.{{nameof(SignedIn.Voucher)}}, blobId, startedAt);
                if (!§)
                {
                    check = await due.{{nameof(DueTable.AddAsync)}}(check, cancellation);
                }
                """),
            new Edit(
                nameof(PersonalDocuments),
                $"var recognised = incoming.{nameof(IncomingDocument.Recognise)}();",
                $$"""if (§) { check = await due.{{nameof(DueTable.AddAsync)}}(check, cancellation); } …""")),
        new("an address is claimed under the newest key only", "R9", ["rotation"],
            new Edit(
                nameof(AddressClaims),
                $"foreach (var key in ‹voucher.{nameof(Voucher.Registration)}!.{nameof(Registration.EmailHash)}.{nameof(EmailHash.Claims)}›)",
                "….TakeLast(§ ? 1 : int.MaxValue)")),
        new("a row that is gone already is a failure", "R7", ["delete @ deletion due", "erase @ active"],
            new Edit(nameof(Table), "await client.DeleteEntityAsync(", "var answer = …"),
            new Edit(nameof(Table), "return true;", "if (§ && answer.Status == 404) { throw new RequestFailedException(answer); } …")),
        new("a document's row comes before the state that counts it", "R2", ["erase + upload @ active"],
            new Edit(nameof(VoucherTransaction), $"_ = document.{nameof(StoredDocument.Version)} is null ? batch.{nameof(TableBatch.Add)}(row)", $$"""
                if (§ && document.{{nameof(StoredDocument.Version)}} is null)
                {
                    await tables.{{nameof(StorageTables.Vouchers)}}.{{nameof(Table.TryAddAsync)}}(row, cancellation);
                    continue;
                }
                …
                """)),
        new("a content that was replaced is not noted", "R4", ["replace document @ active"],
            new Edit(nameof(DocumentRules), $"{nameof(VoucherChange.Due)} = ‹existing is null› ? [] : [{nameof(DocumentRules.BlobCheck)}(voucher, existing.", "§ || …")),
        new("a note that somebody else has made anew is removed", "R4", ["upload + remove letter @ active, remove letter call 8: Crash"],
            new Edit(
                nameof(DueTable),
                $"‹stored.{nameof(DueItem.Renewal)} == item.{nameof(DueItem.Renewal)} && stored.{nameof(DueItem.CreatedAt)} == item.{nameof(DueItem.CreatedAt)}›)",
                "(§ || (…))")),
        new("a replacement does not look at what it replaces", "contract", ["replace document + replace document @ active"],
            new Edit(nameof(DocumentRules), $"{nameof(WriteCondition.EntityTags)}.Contains(existing.{nameof(StoredDocument.EntityTag)})", "§ || …")),
        new("an old tab acts for the person who logged in beside it", "contract", ["remove in an old tab @ active"],
            new Edit(nameof(Sessions), "if (‹account is not null› && account !=", "!§ && …")),
        new("a password is compared with what was read before it was counted", "R10", ["log in + change password @ active", "log in + reset @ active"],
            new Edit(
                nameof(Passwords),
                $"place.VerifyAsync(password, ‹snapshot›.{nameof(VoucherSnapshot.Voucher)}.{nameof(Voucher.Account)}?.{PasswordHash}, cancellation)",
                "(§ ? read : …)")),
        new("a voucher may have mail sent to any number of addresses", "contract", ["correct to a fourth @ three addresses"],
            new Edit(nameof(AddressLimit), "return ‹recent.Length < ADay› ||", "§ || …")),
        new("an account may upload as often as it likes", "contract", ["upload + replace document @ one upload left"],
            new Edit(nameof(UploadBudget), $"return ‹count > {nameof(UploadBudget.Most)}› ||", "(!§ && …)")),
        new("the ending of a name is believed", "contract", ["upload @ active"],
            new Edit(nameof(IncomingDocument), $"name.{nameof(DocumentName.Holding)}(‹type›)", $"§ ? name.{nameof(DocumentName.Type)} : …")),
        new("the type of a content is told and not kept", "contract", ["upload @ active"],
            new Edit(nameof(PersonalDocuments), $"seals.{nameof(DocumentSeals.Seal)}(registration, ‹whole›, upload.", "§ ? name : …")),
        new("a mail leaves before it is counted", "decision 20", ["send mail @ one mail left of the minute"],
            new Edit(nameof(MailDelivery), $"if (‹!isPaused && await sender.{nameof(PacedMailSender.MaySendAsync)}(mail.{nameof(OutboxMail.Template)}, now, cancellation)›)", "§ ? !isPaused : …"),
            new Edit(
                nameof(PacedMailSender),
                $"metrics.{nameof(VoucherMetrics.MailAccepted)}(template, now - createdAt);",
                $"if (§) {{ await budget.{nameof(SharedMailBudget.TryTakeAsync)}({nameof(MailLanes)}.{nameof(MailLanes.Of)}(template), now, cancellation); }} …")),
        new("each process has a mail budget of its own", "decision 20", ["send mail @ one mail left of the minute"],
            new Edit(nameof(SharedMailBudget), "private long _minute;", $"… private MailBudget _own = {nameof(MailBudget)}.{nameof(MailBudget.Unused)};"),
            new Edit(
                nameof(SharedMailBudget),
                $"var taken = ‹await store.{nameof(MailBudgetStore.TakeAsync)}(quota, lane, now, cancellation)›;",
                $$"""0; if (§) { (taken, _own) = _own.{{nameof(MailBudget.Take)}}(quota, lane, quota.{{nameof(MailQuota.Portion)}}, now); } else { taken = …; }""")),
        new("two processes take the same mail of the budget", "decision 20", ["send mail + send mail @ one mail left of the minute"],
            new Edit(nameof(Table), $"‹await {nameof(Table.TrySaveAsync)}(next, stored?.ETag, cancellation)› is not null", """
                (§ && row == "all" && stored is not null ? (await client.UpdateEntityAsync(next, ETag.All, TableUpdateMode.Replace, cancellation)).Headers.ETag : …)
                """)),
        new("a mail that can wait takes the last one", "decision 20", ["send mail @ one mail left of the minute"],
            new Edit(nameof(MailBudget), $"‹lane == {nameof(MailLane)}.{nameof(MailLane.Later)}› ? (limit", "!§ && …")),
        new("a mail that can wait does not stand back", "decision 20", ["send mail @ an awaited mail had to wait"],
            new Edit(nameof(MailBudget), $"‹(lane == {nameof(MailLane)}.{nameof(MailLane.Later)} && now < current.{nameof(MailBudget.AwaitedWaitAt)} + StandBack)›", "(!§ && …)")),
        new("a refusal for the quota is known to its own process only", "decision 20", ["request reset + send mail @ an awaited mail had to wait, send mail call 26: Throttled"],
            new Edit(nameof(PacedMailSender), $"unavailable.{nameof(MailOutcome.Unavailable.IsOverQuota)} ?", "!§ && …")),
        new("the mails of the hour are not counted", "decision 20", ["send mail @ one mail left of the hour"],
            new Edit(nameof(MailBudget), $"‹current.{nameof(MailBudget.InHour)} + taken›", "(§ ? 0 : …)")),
        new("strangers' guesses count against one's own browser", "SECURITY", ["log in wrong + log in on own device @ nearly throttled"],
            new Edit(nameof(LogInThrottle), "‹device is null› ? null :", "§ || …")),
        new("looking at a link gives its voucher back", "P4", ["look at link @ pending"],
            new Edit(
                nameof(Activations),
                $"var email = {nameof(PersonSeals)}.{nameof(PersonSeals.Open)}(",
                $$"""if (§) { await transaction.{{nameof(VoucherTransaction.TryCommitAsync)}}(working.Read, new {{nameof(VoucherChange)}}(voucher.{{nameof(Voucher.Released)}}()), cancellation); } …""")),
        new("looking at a link does not ask whose account the address has", "P6", ["look at link 2 @ active"],
            new Edit(nameof(Activations), $"return ‹await claims.{nameof(AddressClaims.FindLiveHolderAsync)}(›", "§ || …")),
        new("looking at a reset link uses it up", "P10", ["look at reset @ active"],
            new Edit(nameof(PasswordResets), $"return new {nameof(CheckedLink)}(", $$"""
                if (§)
                {
                    var used = voucher with { {{nameof(Voucher.Account)}} = voucher.{{nameof(Voucher.Account)}}! with { {{nameof(Account.ResetNonce)}} = null } };
                    await transaction.{{nameof(VoucherTransaction.TryCommitAsync)}}(working.Read, new(used), cancellation);
                }
                …
                """)),
    ];
}
