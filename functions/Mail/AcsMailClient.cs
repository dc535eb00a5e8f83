using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Mail;

/// <summary>The endpoint of Azure Communication Services and a pipeline that authenticates: by Entra ID, or by HMAC with an access key.</summary>
public sealed class AcsMailClient
{
    public const string ContentHash = "x-ms-content-sha256";
    private const string Scope = "https://communication.azure.com/.default";
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(20);

    private AcsMailClient(Uri endpoint, HttpPipelinePolicy authentication, TimeProvider clock)
    {
        Endpoint = endpoint;
        var options = new Options();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = NetworkTimeout;
        // Bodies and addresses never reach a log.
        options.Diagnostics.IsLoggingEnabled = false;
        Pipeline = HttpPipelineBuilder.Build(options, [], [new DatePolicy(clock), authentication], new ResponseClassifier());
    }

    public Uri Endpoint { get; }

    public HttpPipeline Pipeline { get; }

    public static AcsMailClient WithIdentity(Uri endpoint, TokenCredential credential, TimeProvider clock) =>
        new(endpoint, new BearerTokenAuthenticationPolicy(credential, Scope), clock);

    /// <summary>From <c>endpoint=https://…/;accesskey=BASE64</c>; <see cref="FormatException"/> when it is not of this form.</summary>
    public static AcsMailClient WithConnectionString(string connectionString, TimeProvider clock) =>
        AcsConnectionString.TryParse(connectionString, out var endpoint, out var key)
            ? new AcsMailClient(endpoint, new HmacPolicy(key), clock)
            : throw new FormatException("Not a connection string of Azure Communication Services.");

    private sealed class Options : ClientOptions;

    private sealed class DatePolicy(TimeProvider clock) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) =>
            message.Request.Headers.SetValue("x-ms-date", clock.GetUtcNow().ToString("R"));
    }

    /// <summary>https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial</summary>
    private sealed class HmacPolicy(byte[] key) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            var uri = message.Request.Uri.ToUri();
            message.Request.Headers.TryGetValue("x-ms-date", out var date);
            message.Request.Headers.TryGetValue(ContentHash, out var hash);
            var toSign = $"{message.Request.Method.Method}\n{uri.PathAndQuery}\n{date};{uri.Authority};{hash}";
            var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
            message.Request.Headers.SetValue("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;{ContentHash}&Signature={signature}");
        }
    }
}
