using System.Globalization;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Timers;

/// <summary>
/// Makes accounts by the thousand out of one real one: its state under another voucher with another end of the access, and the due rows that go with that end. A hundred of
/// them end in each round, all others later.
/// </summary>
internal sealed class ManyAccounts
{
    public const int DueEachRound = 100;
    private const string State = "state";
    private static readonly TimeSpan FirstEnd = TimeSpan.FromDays(10);
    private static readonly TimeSpan OtherEnd = TimeSpan.FromDays(60);
    private readonly TestApp _app;
    private readonly TableEntity _template;
    private readonly DateTimeOffset _now;

    private ManyAccounts(TestApp app, TableEntity template) => (_app, _template, _now) = (app, template, app.Now);

    /// <summary>After somebody has activated an account in this app, whose vouchers are in this table.</summary>
    public static async Task<ManyAccounts> LikeAsync(TestApp app, TableClient vouchers)
    {
        using var person = await Journey.ActivatedAsync(app);
        await foreach (var entity in vouchers.QueryAsync<TableEntity>($"RowKey eq '{State}'"))
        {
            return new ManyAccounts(app, entity);
        }
        throw new InvalidOperationException("There is no account.");
    }

    /// <summary>When a round's accounts end.</summary>
    public DateTimeOffset EndOf(int round) => _now + FirstEnd + TimeSpan.FromDays(round);

    public DateTimeOffset LaterEnd => _now + OtherEnd;

    public static VoucherId NewId() => VoucherId.FromBytes(RandomNumberGenerator.GetBytes(VoucherId.Bytes));

    public TableEntity StateOf(VoucherId voucher, DateTimeOffset end)
    {
        var entity = new TableEntity(voucher.Value, State);
        foreach (var (name, value) in _template.Where(property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
        {
            entity[name] = value;
        }
        entity["AccessUntil"] = end;
        return entity;
    }

    public IReadOnlyList<DueItem> DueOf(VoucherId voucher, DateTimeOffset end) => AccountDue.All(voucher, _template.GetString("AccountId"), end, _now);

    /// <summary>The accounts of the rounds, written one by one as the app writes them, and as many others.</summary>
    public async Task AddAsync(TableClient vouchers, int rounds, int others)
    {
        var due = _app.Services.GetRequiredService<DueTable>();
        var ends = Enumerable.Range(0, rounds).SelectMany(round => Enumerable.Repeat(EndOf(round), DueEachRound)).Concat(Enumerable.Repeat(LaterEnd, others));
        await Parallel.ForEachAsync(ends, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (end, stop) =>
        {
            var voucher = NewId();
            await vouchers.AddEntityAsync(StateOf(voucher, end), stop);
            await due.AddAsync(DueOf(voucher, end), stop);
        });
    }

    /// <summary>As the storage writes an instant in a row.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
