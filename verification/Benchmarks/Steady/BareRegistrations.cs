using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>
/// The storage calls of a registration and of its mail with nothing around them: state; two due rows; state and mail in one transaction; and behind it, four at once,
/// the mail's row, its lease, the state, the row goes, its due row, that goes.
/// </summary>
internal sealed class BareRegistrations(TableClient vouchers, TableClient due) : IDisposable
{
    private const int MailsAtOnce = 4;
    private static readonly string[] Instants = ["EnteredAt", "PendingUntil", "AccessUntil", "StatusChangedAt"];
    private static readonly string[] Sealed = ["WrappedKey", "SealedName", "SealedEmail"];
    private static readonly string[] Ids = ["RegistrationId", "AccountId", "EmailHash", "ActivationNonce"];
    private readonly SemaphoreSlim _sending = new(MailsAtOnce, MailsAtOnce);
    private readonly List<Task> _mails = [];

    public async Task RegisterAsync(string voucher)
    {
        var shard = (Base(voucher) & 15).ToString("x", CultureInfo.InvariantCulture);
        var mail = $"mail-{Guid.NewGuid():N}";
        var state = (await vouchers.GetEntityAsync<TableEntity>(voucher, "state")).Value;
        await due.SubmitTransactionAsync(new[] { $"lapse-{voucher}", $"mail-{voucher}" }
            .Select(row => new TableTransactionAction(TableTransactionActionType.Add, DueRow(shard, row, voucher))));
        Fill(state);
        await vouchers.SubmitTransactionAsync([
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, state, state.ETag),
            new TableTransactionAction(TableTransactionActionType.Add, MailRow(voucher, mail)),
        ]);
        lock (_mails)
        {
            _mails.Add(SendMailAsync(voucher, mail, shard));
        }
    }

    public Task WhenSentAsync()
    {
        lock (_mails)
        {
            return Task.WhenAll(_mails);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task SendMailAsync(string voucher, string mail, string shard)
    {
        await _sending.WaitAsync();
        var row = (await vouchers.GetEntityAsync<TableEntity>(voucher, mail)).Value;
        row["LeasedUntil"] = DateTimeOffset.UnixEpoch;
        var leased = await vouchers.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        await vouchers.GetEntityAsync<TableEntity>(voucher, "state");
        await vouchers.DeleteEntityAsync(voucher, mail, leased.Headers.ETag ?? default(ETag));
        var item = (await due.GetEntityAsync<TableEntity>(shard, $"mail-{voucher}")).Value;
        await due.DeleteEntityAsync(shard, item.RowKey, item.ETag);
        _sending.Release();
    }

    private static int Base(string voucher) => voucher[0];

    private static TableEntity DueRow(string shard, string row, string voucher) => new(shard, row)
    {
        ["At"] = DateTimeOffset.UnixEpoch,
        ["Voucher"] = voucher,
        ["Tag"] = "01234567890123456789",
        ["CreatedAt"] = DateTimeOffset.UnixEpoch,
    };

    private static TableEntity MailRow(string voucher, string mail) => new(voucher, mail)
    {
        ["Template"] = "Activation",
        ["RegistrationId"] = "0123456789012345678901",
        ["CreatedAt"] = DateTimeOffset.UnixEpoch,
        ["GiveUpAt"] = DateTimeOffset.UnixEpoch,
        ["Attempts"] = 0,
        ["DueAt"] = DateTimeOffset.UnixEpoch,
        ["Nonce"] = "0123456789012345678901",
    };

    /// <summary>As much as a registration adds to the state.</summary>
    private static void Fill(TableEntity state)
    {
        foreach (var name in Instants)
        {
            state[name] = DateTimeOffset.UnixEpoch;
        }
        foreach (var name in Sealed)
        {
            state[name] = new byte[60];
        }
        foreach (var name in Ids)
        {
            state[name] = "0123456789012345678901";
        }
    }
}
