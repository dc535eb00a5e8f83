using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables;

namespace VoucherFunctions.Storage;

/// <summary>The tables. They are created by the deployment or by the local runner, never by the app.</summary>
[method: DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(TableEntity))]
public sealed class StorageTables(TableServiceClient service, string prefix)
{
    /// <summary>All table names, without the prefix.</summary>
    public static IReadOnlyList<string> Names { get; } = ["vouchers", "emails", "due", "issuers", "throttle", "erasures", "keys"];

    /// <summary>Fails unless every table answers; <see cref="Keys"/> is read by whoever asks (<see cref="KeyStore"/>).</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        Task.WhenAll(((Table[])[Vouchers, Emails, Due, Issuers, Throttle, Erasures]).Select(table => table.ProbeAsync(cancellation)));

    public Table Vouchers { get; } = new(service.GetTableClient(prefix + "vouchers"));

    public Table Emails { get; } = new(service.GetTableClient(prefix + "emails"));

    public Table Due { get; } = new(service.GetTableClient(prefix + "due"));

    public Table Issuers { get; } = new(service.GetTableClient(prefix + "issuers"));

    public Table Throttle { get; } = new(service.GetTableClient(prefix + "throttle"));

    public Table Erasures { get; } = new(service.GetTableClient(prefix + "erasures"));

    public Table Keys { get; } = new(service.GetTableClient(prefix + "keys"));
}
