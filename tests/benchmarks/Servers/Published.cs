using VoucherFunctions.Native.Tests;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>The package, published once a run, for whichever sections need it.</summary>
internal static class Published
{
    private static Task<PublishedFixture>? s_published;

    public static Task<PublishedFixture> GetAsync() => s_published ??= PublishAsync();

    public static async Task RemoveAsync()
    {
        if (s_published is not null)
        {
            await (await s_published).DisposeAsync();
        }
    }

    private static async Task<PublishedFixture> PublishAsync()
    {
        var published = new PublishedFixture();
        await published.InitializeAsync();
        return published;
    }
}
