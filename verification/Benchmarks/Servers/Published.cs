using VoucherFunctions.Worker.Tests;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>The packages, published once a run, for the sections that need them.</summary>
internal static class Published
{
    private static readonly PublishedFixture Packages = new();

    public static Task<PublishedHead> NativeAsync() => Packages.GetAsync(Head.Native);

    public static Task<PublishedHead> WorkerAsync() => Packages.GetAsync(Head.Worker);

    public static ValueTask RemoveAsync() => Packages.DisposeAsync();
}
