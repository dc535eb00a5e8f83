using System.Collections.Immutable;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>Everything that is stored at one moment.</summary>
public sealed record TableContents(ImmutableDictionary<string, ImmutableSortedSet<TableRow>> Tables, long LastVersion);

/// <summary>
/// The tables of one account: what the table service does to them, one command at a time. Not for several threads.
/// </summary>
public sealed class TableSpace(Func<DateTimeOffset> now)
{
    private const int MostChanges = 100;
    private const int LargestBatch = 4 * 1024 * 1024;
    private ImmutableDictionary<string, ImmutableSortedSet<TableRow>> _tables = ImmutableDictionary<string, ImmutableSortedSet<TableRow>>.Empty;
    private long _lastVersion;

    public TableContents Save() => new(_tables, _lastVersion);

    public void Load(TableContents contents) => (_tables, _lastVersion) = (contents.Tables, contents.LastVersion);

    public ImmutableSortedSet<TableRow> Rows(string table) => _tables.GetValueOrDefault(table, ImmutableSortedSet<TableRow>.Empty);

    /// <summary>The rows of one partition, in order.</summary>
    public IReadOnlyList<TableRow> Partition(string table, string partition, string prefix = "")
    {
        var all = Rows(table);
        var first = all.IndexOf(KeyOrder.Key(partition, prefix));
        var rows = new List<TableRow>();
        for (var index = first < 0 ? ~first : first; index < all.Count && all[index].Partition == partition && all[index].Row.StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            rows.Add(all[index]);
        }
        return rows;
    }

    public bool Has(string table) => _tables.ContainsKey(table);

    public bool TryCreate(string table)
    {
        if (Has(table))
        {
            return false;
        }
        _tables = _tables.Add(table, ImmutableSortedSet.Create<TableRow>(KeyOrder.Instance));
        return true;
    }

    public bool TryDrop(string table)
    {
        var dropped = _tables.Remove(table);
        (var wasThere, _tables) = (!ReferenceEquals(dropped, _tables), dropped);
        return wasThere;
    }

    public TableRow? Find(string table, string partition, string row) =>
        _tables[table].TryGetValue(KeyOrder.Key(partition, row), out var found) && found.Version != 0 ? found : null;

    /// <summary>The rows a page holds, and the key at which the next one begins.</summary>
    public (IReadOnlyList<TableRow> Rows, TableRow? Next) Page(QueryRows query)
    {
        var rows = _tables[query.Table];
        var start = query.From is { } from ? KeyOrder.Key(from.Partition, from.Row) : query.Filter.Start;
        var index = rows.IndexOf(start);
        var page = new List<TableRow>();
        for (index = index < 0 ? ~index : index; index < rows.Count && !query.Filter.IsPast(rows[index]); index++)
        {
            if (query.Filter.Matches(rows[index]))
            {
                if (page.Count == query.Top)
                {
                    return (page, rows[index]);
                }
                page.Add(rows[index]);
            }
        }
        return (page, null);
    }

    /// <summary>Makes one change, or says why not.</summary>
    public TableError? TryApply(RowChange change, out TableRow? written)
    {
        written = null;
        if (!Has(change.Table))
        {
            return TableError.NoTable;
        }
        var before = Find(change.Table, change.Partition, change.Row);
        var error = change switch
        {
            InsertRow insert => insert.Body.Error ?? (before is null ? null : TableError.AlreadyExists),
            ReplaceRow { IfMatch: null } upsert => upsert.Body.Error,
            ReplaceRow replace => replace.Body.Error ?? CheckMatch(before, replace.IfMatch),
            DeleteRow delete => CheckMatch(before, delete.IfMatch),
            _ => TableError.NotImplemented,
        };
        if (error is not null)
        {
            return error;
        }
        written = change switch
        {
            InsertRow insert => new TableRow(change.Partition, change.Row, NextVersion(), insert.Body.Properties),
            ReplaceRow replace => new TableRow(change.Partition, change.Row, NextVersion(), replace.Body.Properties),
            _ => null,
        };
        var rows = _tables[change.Table];
        rows = before is null ? rows : rows.Remove(before);
        _tables = _tables.SetItem(change.Table, written is null ? rows : rows.Add(written));
        return null;
    }

    /// <summary>All of the changes or none.</summary>
    public TableError? TryApply(Batch batch, out IReadOnlyList<TableRow?> written)
    {
        var before = Save();
        var rows = new List<TableRow?>(batch.Changes.Count);
        written = rows;
        if (CheckBatch(batch) is { } malformed)
        {
            return malformed;
        }
        foreach (var (index, change) in batch.Changes.Index())
        {
            if (TryApply(change, out var row) is { } error)
            {
                Load(before);
                return error.At(index);
            }
            rows.Add(row);
        }
        return null;
    }

    private static TableError? CheckBatch(Batch batch)
    {
        if (batch.Changes.Count > MostChanges)
        {
            return TableError.TooManyChanges.At(MostChanges - 1);
        }
        if (batch.Bytes > LargestBatch)
        {
            return TableError.TooLargeABatch.At(0);
        }
        var rows = new HashSet<string>();
        foreach (var (index, change) in batch.Changes.Index())
        {
            if (change.Partition != batch.Changes[0].Partition || change.Table != batch.Changes[0].Table)
            {
                return TableError.TwoPartitions.At(index);
            }
            if (!rows.Add(change.Row))
            {
                return TableError.TwiceTheSameRow.At(index);
            }
        }
        return null;
    }

    private static TableError? CheckMatch(TableRow? before, string ifMatch) =>
        before is null ? TableError.NotFound : ifMatch == "*" || ifMatch == before.ETag ? null : TableError.Stale;

    private long NextVersion() => _lastVersion = Math.Max(_lastVersion + 1, now().UtcTicks);
}
