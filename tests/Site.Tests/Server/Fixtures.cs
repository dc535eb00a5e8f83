using SiteTests.Browser;
using SiteTests.Server;

[assembly: AssemblyFixture(typeof(SharedServer))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace SiteTests.Server;

/// <summary>The server of all tests that leave its clock alone.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public SiteServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SiteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>A clock is one for the whole server: tests that move it have a server of their own and take turns.</summary>
public sealed class MovedClockServer : IAsyncLifetime
{
    public SiteServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SiteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

[CollectionDefinition(nameof(MovedClock))]
public sealed class MovedClock : ICollectionFixture<MovedClockServer>;
