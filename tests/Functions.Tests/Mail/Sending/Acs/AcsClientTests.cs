using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using VoucherFunctions.Mail;
using Xunit;

namespace VoucherFunctions.Tests.Mail.Sending.Acs;

/// <summary>How the app proves to Azure Communication Services who it is.</summary>
public sealed class AcsClientTests
{
    [Fact]
    public async Task With_a_managed_identity_the_request_carries_a_token_for_the_service()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.BearerToken = "token-of-the-identity";
        var credential = new Identity();
        var client = AcsMailClient.WithIdentity(new Uri("https://mail.example.ch/"), credential, TimeProvider.System);
        // Behind the authentication, which insists on https: what it made of the request goes to our server.
        var context = new RequestContext();
        context.AddPolicy(new Redirect(acs.Endpoint), HttpPipelinePosition.BeforeTransport);
        using var message = client.Pipeline.CreateMessage(context);
        message.Request.Uri.Reset(client.Endpoint);

        await client.Pipeline.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Empty(acs.Faults);
        Assert.Single(acs.Requests);
        Assert.Equal(["https://communication.azure.com/.default"], credential.Scopes);
    }

    [Fact]
    public async Task A_token_is_never_sent_without_encryption()
    {
        await using var acs = await AcsServer.StartAsync();
        acs.BearerToken = "token-of-the-identity";
        var credential = new Identity();
        var client = AcsMailClient.WithIdentity(acs.Endpoint, credential, TimeProvider.System);
        using var message = client.Pipeline.CreateMessage();
        message.Request.Uri.Reset(client.Endpoint);

        var failure = await Record.ExceptionAsync(() => client.Pipeline.SendAsync(message, TestContext.Current.CancellationToken).AsTask());

        Assert.IsType<InvalidOperationException>(failure);
        Assert.Empty(acs.Requests);
        Assert.Empty(acs.Faults);
    }

    [Theory]
    [InlineData("endpoint=https://mail.example.ch/;accesskey=AAAA")]
    [InlineData("accesskey=AAAA;endpoint=https://mail.example.ch")]
    [InlineData("Endpoint=https://mail.example.ch ; AccessKey=AAAA==;")]
    public void A_connection_string_is_read_in_every_form_that_the_portal_gives(string text)
    {
        var client = AcsMailClient.WithConnectionString(text.Replace("AAAA==", "AAAAAA==", StringComparison.Ordinal), TimeProvider.System);

        Assert.Equal(new Uri("https://mail.example.ch/"), client.Endpoint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("endpoint=https://mail.example.ch/")]
    [InlineData("accesskey=AAAA")]
    [InlineData("endpoint=mail.example.ch;accesskey=AAAA")]
    [InlineData("endpoint=https://mail.example.ch/;accesskey=not base64!")]
    public void Anything_else_is_a_wrong_format(string text)
    {
        var failure = Record.Exception(() => AcsMailClient.WithConnectionString(text, TimeProvider.System));

        Assert.IsType<FormatException>(failure);
    }

    private sealed class Identity : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("token-of-the-identity", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Redirect(Uri target) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Uri.Reset(target);
    }
}
