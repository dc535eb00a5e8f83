namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>What a request asks of the table service.</summary>
public abstract record TableCommand
{
    /// <summary>Which rows it looks at and which it may change: two commands that do not meet here can be swapped.</summary>
    public abstract IEnumerable<RowRange> Touches { get; }

    /// <summary>For traces: method and target, without contents.</summary>
    public abstract override string ToString();
}

/// <summary>Rows of one partition from <paramref name="First"/> to before <paramref name="End"/>; a null end means only the first.</summary>
public readonly record struct RowRange(string Table, string? Partition, string First, string? End, bool IsWrite)
{
    public bool Meets(RowRange other) =>
        (IsWrite || other.IsWrite)
        && Table == other.Table
        && (Partition is null || other.Partition is null || (Partition == other.Partition && Starts(this, other) && Starts(other, this)));

    private static bool Starts(RowRange a, RowRange b) => b.End is null
        ? string.CompareOrdinal(a.First, b.First) <= 0
        : string.CompareOrdinal(a.First, b.End) < 0;
}

public sealed record GetRow(string Table, string Partition, string Row) : TableCommand
{
    public override IEnumerable<RowRange> Touches => [new(Table, Partition, Row, null, IsWrite: false)];

    public override string ToString() => $"GET {Table}/{Partition}/{Row}";
}

/// <summary>A page of the rows between two keys.</summary>
public sealed record QueryRows(string Table, KeyFilter Filter, int Top, (string Partition, string Row)? From) : TableCommand
{
    public override IEnumerable<RowRange> Touches => [new(Table, Filter.Partition, Filter.FirstRow, Filter.EndRow ?? "\uffff", IsWrite: false)];

    public override string ToString() => $"QUERY {Table}/{Filter}{(From is null ? "" : " (next page)")}";
}

/// <summary>A change of one row, alone or in a batch.</summary>
public abstract record RowChange(string Table, string Partition, string Row) : TableCommand
{
    public override IEnumerable<RowRange> Touches => [new(Table, Partition, Row, null, IsWrite: true)];
}

public sealed record InsertRow(string Table, string Partition, string Row, EntityBody Body) : RowChange(Table, Partition, Row)
{
    public override string ToString() => $"INSERT {Table}/{Partition}/{Row}";
}

/// <summary>Without an ETag it inserts or replaces; with <c>*</c> it replaces whatever is there.</summary>
public sealed record ReplaceRow(string Table, string Partition, string Row, EntityBody Body, string? IfMatch) : RowChange(Table, Partition, Row)
{
    public override string ToString() => $"REPLACE {Table}/{Partition}/{Row}";
}

public sealed record DeleteRow(string Table, string Partition, string Row, string IfMatch) : RowChange(Table, Partition, Row)
{
    public override string ToString() => $"DELETE {Table}/{Partition}/{Row}";
}

/// <summary>An entity group transaction.</summary>
public sealed record Batch(IReadOnlyList<RowChange> Changes, int Bytes) : TableCommand
{
    public override IEnumerable<RowRange> Touches => Changes.SelectMany(change => change.Touches);

    public override string ToString() => $"BATCH [{string.Join(", ", Changes)}]";
}

public sealed record CreateTable(string Table) : TableCommand
{
    public override IEnumerable<RowRange> Touches => [new(Table, null, "", null, IsWrite: true)];

    public override string ToString() => $"CREATE {Table}";
}

public sealed record DropTable(string Table) : TableCommand
{
    public override IEnumerable<RowRange> Touches => [new(Table, null, "", null, IsWrite: true)];

    public override string ToString() => $"DROP {Table}";
}
