namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>One row as it was written: immutable, so that a snapshot of the storage is free.</summary>
public sealed class TableRow(string partition, string row, long version, byte[] properties)
{
    public string Partition => partition;

    public string Row => row;

    /// <summary>When it was written, in ticks; no two writes have the same. The ETag is made of it.</summary>
    public long Version => version;

    /// <summary>The properties as inner JSON text with their type annotations, without keys and timestamp; empty when there are none.</summary>
    public ReadOnlyMemory<byte> Properties => properties;

    public string Timestamp => new DateTime(version, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);

    public string ETag => $"W/\"datetime'{Uri.EscapeDataString(Timestamp)}'\"";

    /// <summary>For whoever reads rows directly: what was made of it, so that it is made once.</summary>
    public object? Decoded { get; set; }

    public TableRow At(long newVersion) => new(partition, row, newVersion, properties);
}

/// <summary>By partition, then row, as the service orders them.</summary>
public sealed class KeyOrder : IComparer<TableRow>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(TableRow? x, TableRow? y)
    {
        var byPartition = string.CompareOrdinal(x!.Partition, y!.Partition);
        return byPartition != 0 ? byPartition : string.CompareOrdinal(x.Row, y.Row);
    }

    /// <summary>A row that is only a key, to look others up by.</summary>
    public static TableRow Key(string partition, string row) => new(partition, row, 0, []);
}
