using System.Net.Http.Json;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>A service that people sign up for.</summary>
internal interface IContestant
{
    string Name { get; }

    /// <summary>Starts it and waits until it takes requests.</summary>
    Task<RunningServer> StartAsync();

    /// <summary>The sign-up of somebody new.</summary>
    HttpRequestMessage SignUp(int person);
}

/// <summary>One that they can log in to at once, with no mail in between.</summary>
internal interface IPeer : IContestant
{
    HttpRequestMessage LogIn(int person);
}

internal static class Json
{
    public static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
}
