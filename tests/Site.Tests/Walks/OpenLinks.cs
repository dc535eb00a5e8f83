using System.Net;
using SiteTests.Server;

namespace SiteTests.Walks;

/// <summary>The links of an account that waits for its activation, and of one whose password was forgotten. Looking at them uses nothing up.</summary>
public sealed class OpenLinks(SharedServer shared) : IAsyncLifetime
{
    public const string Masked = "m•••@example.ch";

    public string Activation { get; private set; } = "";

    public string Reset { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var pending = $"m{Guid.NewGuid():N}@example.ch";
        await shared.Server.RegisterAsync(await shared.Server.IssueAsync(), pending);
        Activation = await shared.Server.TokenAsync(pending);
        var forgetful = $"m{Guid.NewGuid():N}@example.ch";
        await shared.Server.ActivateAsync(forgetful, "Lampe Kamin Wolke 27");
        await shared.Server.PostAsync("/api/password-resets", new { email = forgetful }, HttpStatusCode.Accepted);
        Reset = await shared.Server.TokenAsync(forgetful, 2);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
