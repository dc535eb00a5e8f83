using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Races;

/// <summary>One client with cookies of its own. A request that finds nobody, or whose answer is lost, goes to the next process, as a person would try again.</summary>
public sealed class Racer(Arena arena, int number) : IDisposable
{
    private const int Patience = 400;
    private readonly SocketsHttpHandler _handler = new() { CookieContainer = new CookieContainer(), UseCookies = true };
    private HttpClient? _client;

    public int Number => number;

    private HttpClient Client => _client ??= new HttpClient(_handler);

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public void Dispose()
    {
        _client?.Dispose();
        _handler.Dispose();
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, object? body)
    {
        // Everybody comes from an address of their own: what one address may do is not what is raced for.
        var from = new IPAddress(RandomNumberGenerator.GetBytes(4)).ToString();
        for (var lost = 0; ; lost++)
        {
            try
            {
                var answer = await Client.SendAsync(method, $"{arena.Origin(number + lost)}{path}", body, headers: ("X-Forwarded-For", from));
                if (answer.Status != HttpStatusCode.ServiceUnavailable)
                {
                    return new Reply(answer, lost);
                }
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException or SocketException && lost < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
