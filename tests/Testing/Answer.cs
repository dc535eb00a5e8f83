using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>A response, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, string? ContentType)
{
    public byte[] Bytes { get; init; } = [];

    public required HttpContentHeaders ContentHeaders { get; init; }

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException($"Not JSON: {Body}");

    /// <summary>The problem's code, or null when it is no problem document.</summary>
    public string? Code => ContentType == "application/problem+json" ? Json["code"]!.GetValue<string>() : null;

    /// <summary>The header that sets or removes the session's cookie.</summary>
    public string SessionCookie => CookieOf("session");

    /// <summary>The header that sets the device cookie.</summary>
    public string DeviceCookie => CookieOf("device");

    public DateTimeOffset Instant(string name) => DateTimeOffset.Parse(Json[name]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The seconds of the header Retry-After, which a problem's body must repeat.</summary>
    public int RetryAfter
    {
        get
        {
            var header = (int)(Headers.RetryAfter?.Delta?.TotalSeconds ?? throw new InvalidOperationException($"There is no Retry-After: {this}"));
            Assert.Equal(header, Json["retryAfter"]!.GetValue<int>());
            return header;
        }
    }

    public string Text(string name) => Json[name]!.GetValue<string>();

    /// <summary>Asserts the status, and the problem's code or that it is no problem.</summary>
    public Answer MustBe(HttpStatusCode status, string? code = null)
    {
        Assert.True(Status == status && Code == code, $"Expected {(int)status} {code}, got {this}");
        return this;
    }

    public override string ToString() => $"{(int)Status} {Body}";

    private string CookieOf(string name) => Headers.GetValues("Set-Cookie").Single(cookie => cookie.Split('=')[0].Replace("__Host-", "", StringComparison.Ordinal) == name);
}

public static class HttpClientExtensions
{
    public static Task<Answer> GetAsync(this HttpClient client, string path, string? bearer = null) => client.SendAsync(HttpMethod.Get, path, null, bearer);

    /// <summary>POST of an object as JSON; of nothing when the body is null.</summary>
    public static Task<Answer> PostAsync(this HttpClient client, string path, object? body, string? bearer = null) =>
        client.SendAsync(HttpMethod.Post, path, body, bearer);

    public static async Task<Answer> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body, string? bearer = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        }
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await client.SendAsync(request);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType)
        {
            Bytes = await response.Content.ReadAsByteArrayAsync(),
            ContentHeaders = response.Content.Headers,
        };
    }

    /// <summary>A body as it is, in UTF-8.</summary>
    public static HttpContent Raw(string body, string contentType = "application/json") => new StringContent(body, Encoding.UTF8, contentType);
}
