using System.Net.Http.Json;

namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>A service that people sign up for.</summary>
internal interface IContestant
{
    string Name { get; }

    /// <summary>How to start it on a free port.</summary>
    Launch NewLaunch();

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
