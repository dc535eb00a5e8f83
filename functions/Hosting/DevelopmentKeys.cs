using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Hosting;

/// <summary>
/// A ring that was made for one machine works on that machine only: with a storage and a website on localhost. Its keys lie in a file beside the data, which is no
/// place for the keys to anybody's real data.
/// </summary>
public sealed class DevelopmentKeys(IConfiguration configuration) : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        if (!IsDevelopment(options.Hashing) && !IsDevelopment(options.Encryption))
        {
            return ValidateOptionsResult.Success;
        }
        var site = new SiteOptions();
        var storage = new StorageOptions();
        configuration.GetSection(SiteOptions.Section).Bind(site);
        configuration.GetSection(StorageOptions.Section).Bind(storage);
        return IsLocal(site.Origin) && IsLocalStorage(storage)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Keys__Hashing and Keys__Encryption are development keys: they work with a website and a storage on localhost only");
    }

    private static bool IsDevelopment(string ring) => KeyRing.TryParse(ring, out var parsed) && parsed.IsDevelopment;

    private static bool IsLocal(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static bool IsLocalStorage(StorageOptions storage)
    {
        try
        {
            return storage.TableEndpoint.Length == 0
                && storage.BlobEndpoint.Length == 0
                && new TableServiceClient(storage.ConnectionString).Uri.IsLoopback
                && new BlobServiceClient(storage.ConnectionString).Uri.IsLoopback;
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
