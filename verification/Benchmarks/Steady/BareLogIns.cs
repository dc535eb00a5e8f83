using System.Globalization;
using Azure.Data.Tables;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>
/// The storage calls of a log-in with nothing around them but the hash: the claim of the address; state and sessions; the attempt is counted in the state; and, after
/// the hash, state, new session and the end of the oldest in one transaction. Each client has copies of one account's rows.
/// </summary>
internal sealed class BareLogIns
{
    private const int Sessions = 5;
    private readonly TableClient _vouchers;
    private readonly TableClient _emails;
    private readonly (string Partition, string Row) _claim;
    private readonly TableEntity _session;
    private int _number;

    private BareLogIns(TableClient vouchers, TableClient emails, (string, string) claim, TableEntity session) => (_vouchers, _emails, _claim, _session) = (vouchers, emails, claim, session);

    /// <summary>After people have signed in, so that there is an account to copy.</summary>
    public static async Task<BareLogIns> CopyAsync(TableClient vouchers, TableClient emails, int clients)
    {
        var claim = await FirstAsync(emails, "");
        var session = await FirstAsync(vouchers, "RowKey ge 'session-' and RowKey lt 'session-~'");
        var state = await FirstAsync(vouchers, TableClient.CreateQueryFilter($"PartitionKey eq {session.PartitionKey} and RowKey eq {"state"}"));
        var bare = new BareLogIns(vouchers, emails, (claim.PartitionKey, claim.RowKey), session);
        foreach (var client in Enumerable.Range(0, clients))
        {
            state.PartitionKey = Partition(client);
            await vouchers.SubmitTransactionAsync([
                new TableTransactionAction(TableTransactionActionType.Add, state),
                .. Enumerable.Range(0, Sessions).Select(_ => new TableTransactionAction(TableTransactionActionType.Add, bare.NewSession(client))),
            ]);
        }
        return bare;
    }

    public async Task<bool> LogInAsync(int client, Func<Task<bool>> hash)
    {
        var partition = Partition(client);
        await _emails.GetEntityAsync<TableEntity>(_claim.Partition, _claim.Row);
        var rows = new List<TableEntity>();
        await foreach (var row in _vouchers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {"session-"} and RowKey lt {"state~"}")))
        {
            rows.Add(row);
        }
        var state = rows.Single(row => row.RowKey == "state");
        var counted = await _vouchers.UpdateEntityAsync(state, state.ETag, TableUpdateMode.Replace);
        var isRight = await hash();
        await _vouchers.SubmitTransactionAsync([
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, state, counted.Headers.ETag!.Value),
            new TableTransactionAction(TableTransactionActionType.Add, NewSession(client)),
            new TableTransactionAction(TableTransactionActionType.Delete, rows[0], rows[0].ETag),
        ]);
        return isRight;
    }

    private static string Partition(int client) => string.Create(CultureInfo.InvariantCulture, $"bare-{client}");

    /// <summary>Its row comes after those of the sessions before it.</summary>
    private TableEntity NewSession(int client) => new(_session)
    {
        PartitionKey = Partition(client),
        RowKey = string.Create(CultureInfo.InvariantCulture, $"session-{Interlocked.Increment(ref _number):D12}"),
    };

    private static async Task<TableEntity> FirstAsync(TableClient table, string filter)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1))
        {
            return row;
        }
        throw new InvalidOperationException($"No row is {filter}.");
    }
}
