using Azure;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>Up to 100 changes of different rows of one partition that happen together or not at all.</summary>
public sealed class TableBatch(string partition)
{
    private readonly List<TableTransactionAction> _actions = [];
    private readonly HashSet<string> _rows = [];

    public string Partition => partition;

    public IReadOnlyList<TableTransactionAction> Actions => _actions;

    public bool IsFull => _actions.Count == TableLimits.BatchActions;

    public TableBatch Add(TableEntity entity)
    {
        TableLimits.Check(entity);
        return With(new TableTransactionAction(TableTransactionActionType.Add, entity, default), entity);
    }

    public TableBatch Replace(TableEntity entity, ETag read)
    {
        TableLimits.Check(entity);
        return With(new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, TableLimits.Conditional(read)), entity);
    }

    public TableBatch Delete(string row, ETag read)
    {
        TableLimits.CheckKeys(partition, row);
        var entity = new TableEntity(partition, row);
        return With(new TableTransactionAction(TableTransactionActionType.Delete, entity, TableLimits.Conditional(read)), entity);
    }

    private TableBatch With(TableTransactionAction action, TableEntity entity)
    {
        if (entity.PartitionKey != partition)
        {
            throw new ArgumentException("A batch changes rows of one partition only.", nameof(entity));
        }
        if (!_rows.Add(entity.RowKey))
        {
            throw new ArgumentException("A batch changes each row once only.", nameof(entity));
        }
        if (_actions.Count == TableLimits.BatchActions)
        {
            throw new ArgumentException($"A batch holds {TableLimits.BatchActions} changes at most.", nameof(entity));
        }
        _actions.Add(action);
        return this;
    }
}
