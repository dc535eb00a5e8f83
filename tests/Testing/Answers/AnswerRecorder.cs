using Xunit;

namespace VoucherFunctions.Testing.Answers;

/// <summary>Hands every answer of the contract on to be checked. The timers and what is there locally only are no part of it.</summary>
internal sealed class AnswerRecorder(HttpMessageHandler inner, AnswerCheck check) : DelegatingHandler(inner)
{
    /// <summary>Where front ends say what was asked for, which the app goes by.</summary>
    private static readonly string[] AsSent = ["X-MS-Original-Url", "X-Original-URL", "X-WAWS-Unencoded-URL"];
    private readonly string _test = TestContext.Current.Test?.TestDisplayName ?? TestContext.Current.TestClass?.TestClassName ?? "a fixture";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = PathOf(request);
        if (path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
        {
            var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            if (isJson)
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
            }
            var body = isJson ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            check.Add(new RecordedAnswer(_test, request.Method.Method, path, (int)response.StatusCode, headers, body));
        }
        return response;
    }

    private static string PathOf(HttpRequestMessage request)
    {
        var sent = AsSent.SelectMany(header => request.Headers.TryGetValues(header, out var values) ? values : []).FirstOrDefault();
        var decoded = Uri.UnescapeDataString(sent ?? "");
        return decoded.IndexOf("/api/", StringComparison.OrdinalIgnoreCase) is >= 0 and var start ? decoded[start..] : request.RequestUri!.AbsolutePath;
    }
}
