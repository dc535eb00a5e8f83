using System.Net;
using System.Security.Cryptography;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>What the clients send. Each request comes from a network address of its own, so that many people are measured and not one who is held back.</summary>
internal static class Requests
{
    public static HttpRequestMessage Profile(Participant participant) => FromAnywhere(new HttpRequestMessage(HttpMethod.Get, "/api/profile") { Headers = { { "Cookie", participant.Cookie } } });

    public static HttpRequestMessage Alive() => new(HttpMethod.Get, "/api/health");

    public static HttpRequestMessage LogIn(Participant participant) => FromAnywhere(Json.Post("/api/sessions", new { email = participant.Email, password = Journey.Password }));

    public static HttpRequestMessage FromAnywhere(HttpRequestMessage request) => From(new IPAddress(RandomNumberGenerator.GetBytes(4)).ToString(), request);

    public static HttpRequestMessage From(string address, HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        return request;
    }

    /// <summary>Whether it was done; after a refusal for now, when the time has come to try again. Anything else fails.</summary>
    public static async Task<bool> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            await response.Content.CopyToAsync(Stream.Null);
            if (IsForNow(response) && response.Headers.RetryAfter?.Delta is { } wait)
            {
                await Task.Delay(wait);
                return false;
            }
            response.EnsureSuccessStatusCode();
            return true;
        }
    }

    /// <summary>A refusal that says when to come back.</summary>
    public static bool IsForNow(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests && response.Headers.RetryAfter is not null;
}
