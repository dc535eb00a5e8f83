using System.Net;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>An office's system with a key of its own.</summary>
public sealed class Office(TestApp app, string key)
{
    public string Key => key;

    /// <summary>As in its key.</summary>
    public string Id => key.Split('_')[1];

    public string KeyId => key.Split('_')[2];

    /// <summary>The same office with another key.</summary>
    public async Task<Office> WithNewKeyAsync(bool test = false)
    {
        var answer = await app.AdminAsync(HttpMethod.Post, $"/api/issuers/{Id}/keys", new { test });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        return new Office(app, answer.Json["key"]!.GetValue<string>());
    }

    public static async Task<Office> NewAsync(TestApp app, string name = "ORP Test", int dailyQuota = 1_000_000) =>
        new(app, await app.NewIssuerKeyAsync(name, dailyQuota));

    /// <param name="query">With its question mark.</param>
    public Task<Answer> IssueAsync(object body, string? accept = null, string query = "", string? idempotencyKey = null)
    {
        var headers = new List<(string, string)> { ("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString()) };
        if (accept is not null)
        {
            headers.Add(("Accept", accept));
        }
        return app.Client.SendAsync(HttpMethod.Post, $"/api/vouchers{query}", body, key, [.. headers]);
    }

    public Task<Answer> BatchAsync(string batchId, string? accept = null, string query = "") => app.Client.SendAsync(
        HttpMethod.Get, $"/api/vouchers/batches/{batchId}{query}", null, key, accept is null ? [] : [("Accept", accept)]);

    /// <summary>A new batch's id and codes.</summary>
    public async Task<(string Id, IReadOnlyList<(string Id, string Code)> Vouchers)> NewBatchAsync(int count)
    {
        var answer = await IssueAsync(new { count });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        return (
            answer.Json["batchId"]!.GetValue<string>(),
            [.. answer.Json["vouchers"]!.AsArray().Select(voucher => (voucher!["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>()))]);
    }

    public Task<Answer> GetAsync(string path) => app.Client.GetAsync(path, key);

    public Task<Answer> PostAsync(string path, object? body = null) => app.Client.PostAsync(path, body, key);
}
