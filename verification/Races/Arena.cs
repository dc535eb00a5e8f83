using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Local;
using VoucherFunctions.Worker.Tests;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Races;

/// <summary>
/// Processes that are killed and started again, one more that is left alone and does what comes before and after a race, and the timers' calls to it as the host makes
/// them: all on the same storage.
/// </summary>
public sealed partial class Arena : IAsyncDisposable
{
    private static readonly TimeSpan MailTime = TimeSpan.FromMinutes(15);
    private readonly List<Runner> _runners = [];
    private readonly ConcurrentQueue<string> _promised = [];
    private readonly CancellationTokenSource _end = new();
    private readonly string _storage;
    private readonly string _prefix;
    private Task _background = Task.CompletedTask;

    private Arena(string storage, string prefix, SmtpServer smtp, RaceOptions options, PublishedHead published)
    {
        (_storage, _prefix, Smtp, Options) = (storage, prefix, smtp, options);
        for (var number = 0; number <= options.Processes; number++)
        {
            _runners.Add(new Runner(published, HostSettings.Of(Azurite.FreePort(), storage, prefix, smtp.Uri)));
        }
    }

    public RaceOptions Options { get; }

    public SmtpServer Smtp { get; }

    public int Kills { get; private set; }

    public int MailsAwaited => _promised.Count;

    public HttpClient Quiet { get; private set; } = null!;

    public string IssuerKey { get; private set; } = "";

    public static async Task<Arena> StartAsync(string storage, PublishedHead published, RaceOptions options)
    {
        var prefix = $"r{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var (tables, blobs) = (new TableServiceClient(storage), new BlobServiceClient(storage));
        await Task.WhenAll(StorageTables.Names.Select(name => tables.CreateTableAsync(prefix + name)));
        await Task.WhenAll(StorageBlobs.Names.Select(name => blobs.CreateBlobContainerAsync(StorageBlobs.ContainerName(prefix, name))));
        var arena = new Arena(storage, prefix, await SmtpServer.StartAsync(), options, published);
        await Task.WhenAll(arena._runners.Select(runner => runner.StartAsync()));
        arena.Quiet = new HttpClient { BaseAddress = new Uri(arena._runners[^1].Origin) };
        var office = await arena.Quiet.PostAsync("/api/issuers", new { name = "ORP Race", dailyQuota = 100_000 }, HostSettings.AdminKey);
        var key = await arena.Quiet.PostAsync($"/api/issuers/{office.Json["id"]}/keys", null, HostSettings.AdminKey);
        arena.IssuerKey = key.Text("key");
        arena._background = Task.WhenAll(arena.KeepKillingAsync(), arena.KeepSendingMailAsync());
        return arena;
    }

    /// <summary>The address of a process that may die at any time.</summary>
    public string Origin(int number) => _runners[number % Options.Processes].Origin;

    public async Task<IReadOnlyList<(string Id, string Code)>> IssueAsync(int count)
    {
        var answer = await Quiet.SendAsync(HttpMethod.Post, "/api/vouchers", new { count }, IssuerKey, ("Idempotency-Key", $"{Guid.NewGuid()}"));
        return [.. answer.Json["vouchers"]!.AsArray().Select(voucher => (voucher!["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>()))];
    }

    /// <summary>A registration, and the token of its mail.</summary>
    public async Task<string> RegisterAsync(string code, string email)
    {
        var answer = await Quiet.PostAsync("/api/registrations", new { code, name = "Anne Muster", email, language = "fr" });
        if (answer.Code is not null)
        {
            throw new InvalidOperationException($"A registration was refused: {answer}");
        }
        var mail = await Smtp.NextToAsync(email, CancellationToken.None);
        return Token().Match(mail.Text).Groups[1].Value;
    }

    public async Task<string> StatusAsync(string voucherId) => (await Quiet.GetAsync($"/api/vouchers/{voucherId}", IssuerKey)).Text("status");

    /// <summary>Somebody was told 202: a mail must come, whoever dies.</summary>
    public void Promise(string email) => _promised.Enqueue(email);

    /// <summary>The kills end; every promised mail comes; the storage is looked through.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        var broken = new List<string>();
        using var limit = new CancellationTokenSource(MailTime);
        foreach (var email in _promised)
        {
            try
            {
                await Smtp.NextToAsync(email, limit.Token);
            }
            catch (OperationCanceledException)
            {
                broken.Add($"no mail to {email}");
            }
        }
        await _end.CancelAsync();
        await _background;
        broken.AddRange(await StoredState.CheckAsync(new TableServiceClient(_storage), _prefix));
        return broken;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _background;
        Quiet.Dispose();
        foreach (var runner in _runners)
        {
            await runner.DisposeAsync();
        }
        await Smtp.DisposeAsync();
        _end.Dispose();
    }

    private async Task KeepKillingAsync()
    {
        var random = new Random(Options.Seed);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (Options.Kills && await NextAsync(second))
        {
            await _runners[random.Next(Options.Processes)].KillAndStartAsync();
            Kills++;
        }
    }

    private async Task KeepSendingMailAsync()
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await NextAsync(second))
        {
            await Quiet.PostAsync("/SendPendingMail", new { Data = new { }, Metadata = new { } });
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
