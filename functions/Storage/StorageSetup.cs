using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Storage;

public static class StorageSetup
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => NewClientOptions());
        services.TryAddSingleton(_ => NewBlobOptions());
        services.TryAddSingleton<TokenCredential>(provider => new ManagedIdentityCredential(
            provider.GetRequiredService<IOptions<IdentityOptions>>().Value.ClientId is { Length: > 0 } id
                ? ManagedIdentityId.FromUserAssignedClientId(id)
                : ManagedIdentityId.SystemAssigned));
        services.AddSingleton(CreateTables);
        services.AddSingleton(CreateBlobs);
        return services
            .AddSingleton<BestEffort>()
            .AddSingleton<MailDispatcher>()
            .AddSingleton<VoucherTable>()
            .AddSingleton<VoucherTransaction>()
            .AddSingleton<ClaimStore>()
            .AddSingleton<DueTable>()
            .AddSingleton<IssuerStore>()
            .AddSingleton<CountStore>()
            .AddSingleton<ThrottleStore>()
            .AddSingleton<MailBudgetStore>()
            .AddSingleton<ErasureLedger>()
            .AddSingleton<ReceiptStore>()
            .AddSingleton<KeyStore>();
    }

    public static TableClientOptions NewClientOptions()
    {
        var options = new TableClientOptions();
        Hurry(options);
        return options;
    }

    public static BlobClientOptions NewBlobOptions()
    {
        var options = new BlobClientOptions();
        Hurry(options);
        return options;
    }

    /// <summary>Few and short retries: a person is waiting.</summary>
    private static void Hurry(ClientOptions options)
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.AddPolicy(new StorageSpans(), HttpPipelinePosition.PerRetry);
    }

    private static StorageTables CreateTables(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var client = services.GetRequiredService<TableClientOptions>();
        var service = options.ConnectionString.Length > 0
            ? new TableServiceClient(options.ConnectionString, client)
            : new TableServiceClient(new Uri(options.TableEndpoint), services.GetRequiredService<TokenCredential>(), client);
        return new StorageTables(service, options.TablePrefix ?? "");
    }

    private static StorageBlobs CreateBlobs(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var client = services.GetRequiredService<BlobClientOptions>();
        var service = options.ConnectionString.Length > 0
            ? new BlobServiceClient(options.ConnectionString, client)
            : new BlobServiceClient(new Uri(options.BlobEndpoint), services.GetRequiredService<TokenCredential>(), client);
        return new StorageBlobs(service, options.TablePrefix ?? "");
    }
}
