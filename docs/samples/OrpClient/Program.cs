using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

// Issues three vouchers, keeps their sheets, follows them and takes one back. Needs nothing but .NET 10:
//   VOUCHERS_KEY=vftest_… dotnet run --project docs/samples/OrpClient [address]
var key = Environment.GetEnvironmentVariable("VOUCHERS_KEY") ?? throw new InvalidOperationException("VOUCHERS_KEY is not set.");
using var vouchers = new VoucherClient(args is [var address, ..] ? address : "http://localhost:7071", key);
try
{
    // Your system keeps this beside its order before it sends the request: with it the same request can be repeated at any time.
    var idempotencyKey = Guid.NewGuid().ToString();
    var batch = await vouchers.IssueAsync(new IssueRequest(Count: 3, Reference: "LAU-2026-0042", Language: "fr"), idempotencyKey);
    Console.WriteLine($"Issued {batch.Vouchers.Count} vouchers, the first is {batch.Vouchers[0].Code}.");

    await File.WriteAllBytesAsync("vouchers.pdf", await vouchers.PrintAsync(batch.BatchId));
    Console.WriteLine("Their sheets are in vouchers.pdf.");

    var first = await vouchers.FollowAsync(batch.BatchId, changedSince: null);
    Console.WriteLine($"Of {first.Vouchers.Count} vouchers {first.Vouchers.Count(voucher => voucher.Status == "issued")} can be redeemed.");

    await vouchers.RevokeAsync(batch.Vouchers[2].Id);
    var changes = await vouchers.FollowAsync(batch.BatchId, first.AsOf);
    Console.WriteLine($"Revoked since: {changes.Vouchers.Count(voucher => voucher.Status == "revoked")}.");

    // What was refused says so by its code, never by its text.
    await vouchers.RevokeAsync("00000000000000000000000000000000");
}
catch (VoucherProblem problem) when (problem.Code == "voucher-unknown")
{
    Console.WriteLine("Nobody knows that voucher.");
}
catch (VoucherProblem problem) when (problem.Code == "quota-exceeded")
{
    Console.WriteLine($"Nothing more today: try again in {problem.RetryAfter}.");
}

/// <summary>The calls of an office's system. Every one of them may be repeated, so each is, until the service is there again.</summary>
internal sealed class VoucherClient(string address, string key) : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };

    public async Task<Batch> IssueAsync(IssueRequest order, string idempotencyKey) => await ReadAsync<Batch>(() =>
        new HttpRequestMessage(HttpMethod.Post, "/api/vouchers") { Content = JsonContent.Create(order), Headers = { { "Idempotency-Key", idempotencyKey } } });

    public async Task<byte[]> PrintAsync(string batchId)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"/api/vouchers/batches/{batchId}")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/pdf") } },
        });
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>All pages. Ask for what changed since the <see cref="BatchStatus.AsOf"/> of the last time: a change may be told twice, none is missed.</summary>
    public async Task<BatchStatus> FollowAsync(string batchId, string? changedSince)
    {
        var all = new List<VoucherStatus>();
        BatchStatus? page = null;
        do
        {
            var query = $"?changedSince={changedSince}&after={page?.Next}";
            var next = await ReadAsync<BatchStatus>(() => new HttpRequestMessage(HttpMethod.Get, $"/api/vouchers/batches/{batchId}{query}"));
            all.AddRange(next.Vouchers);
            page = page is null ? next : next with { AsOf = page.AsOf };
        }
        while (page.Next is not null);
        return page with { Vouchers = all };
    }

    public async Task RevokeAsync(string voucherId) =>
        (await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, $"/api/vouchers/{voucherId}/revoke"))).Dispose();

    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(Func<HttpRequestMessage> request)
    {
        using var answer = await SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<T>() ?? throw new JsonException("The answer is empty.");
    }

    /// <summary>Repeats what failed on the way, or was refused for a moment only.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wait = TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
            try
            {
                var answer = await _http.SendAsync(request());
                if (answer.IsSuccessStatusCode)
                {
                    return answer;
                }
                var problem = await VoucherProblem.ReadAsync(answer);
                wait = problem.RetryAfter ?? wait;
                if (attempt == Attempts || wait > LongestWait || answer.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    throw problem;
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException && attempt < Attempts)
            {
                // The request may have been done and only its answer lost: the repetition finds out.
            }
            await Task.Delay(wait);
        }
    }
}

/// <summary>A refusal. Decide by <see cref="Code"/>.</summary>
internal sealed class VoucherProblem(string code, string title, TimeSpan? retryAfter) : Exception($"{code}: {title}")
{
    public string Code => code;

    public TimeSpan? RetryAfter => retryAfter;

    public static async Task<VoucherProblem> ReadAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return new VoucherProblem("no-problem-document", $"status {(int)answer.StatusCode}", answer.Headers.RetryAfter?.Delta);
        }
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new VoucherProblem(problem.GetProperty("code").GetString()!, problem.GetProperty("title").GetString()!, answer.Headers.RetryAfter?.Delta);
    }
}

internal sealed record IssueRequest(int Count, string? Reference = null, string? Language = null, DateTimeOffset? RedeemableUntil = null);

internal sealed record Batch(string BatchId, IReadOnlyList<Voucher> Vouchers);

internal sealed record Voucher(string Id, string Code, string RegistrationUrl, DateTimeOffset RedeemableUntil);

internal sealed record BatchStatus(IReadOnlyList<VoucherStatus> Vouchers, string AsOf, string? Next);

internal sealed record VoucherStatus(string Id, string Status, DateTimeOffset? ChangedAt);
