using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using VoucherFunctions.Domain.Accounts;

namespace VoucherFunctions.Mail;

/// <summary>
/// Azure Communication Services e-mail over its REST API, version 2025-09-01. The service keeps no mail back for us: whatever it does not take is tried
/// again from the outbox under the same Operation-Id, so the pipeline itself never retries.
/// </summary>
public sealed class AcsMailSender(AcsMailClient client, EmailAddress senderAddress, EmailAddress? replyTo) : IMailSender
{
    private const int TooManyRequests = 429;
    private const string ApiVersion = "2025-09-01";

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        try
        {
            if (mail.MayHaveBeenSent && await AskAsync(mail.Id, cancellation) is { } known)
            {
                return known;
            }
            using var message = client.Pipeline.CreateMessage();
            var body = Body(mail);
            message.Request.Method = RequestMethod.Post;
            message.Request.Uri.Reset(client.Endpoint);
            message.Request.Uri.AppendPath("/emails:send", escape: false);
            message.Request.Uri.AppendQuery("api-version", ApiVersion);
            message.Request.Headers.Add("Operation-Id", mail.Id.ToString());
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Headers.Add(AcsMailClient.ContentHash, Convert.ToBase64String(SHA256.HashData(body)));
            message.Request.Content = RequestContent.Create(body);
            await client.Pipeline.SendAsync(message, cancellation);
            return Outcome(message.Response, mail.MayHaveBeenSent);
        }
        catch (Exception failure) when (failure is RequestFailedException or Azure.Identity.AuthenticationFailedException or IOException or HttpRequestException or AggregateException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new MailOutcome.Unavailable(failure.GetType().Name);
        }
    }

    /// <summary>What became of an earlier attempt; null when the service never saw it.</summary>
    private async Task<MailOutcome?> AskAsync(Guid id, CancellationToken cancellation)
    {
        using var message = client.Pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(client.Endpoint);
        message.Request.Uri.AppendPath($"/emails/operations/{id}", escape: false);
        message.Request.Uri.AppendQuery("api-version", ApiVersion);
        message.Request.Headers.Add(AcsMailClient.ContentHash, Convert.ToBase64String(SHA256.HashData([])));
        await client.Pipeline.SendAsync(message, cancellation);
        if (message.Response.Status == 404)
        {
            return null;
        }
        if (message.Response.Status != 200)
        {
            return Unavailable(message.Response);
        }
        return StatusOf(message.Response) switch
        {
            "NotStarted" or "Running" or "Succeeded" => new MailOutcome.Accepted(),
            "Failed" or "Canceled" => new MailOutcome.Refused("operation-failed"),
            _ => new MailOutcome.Unavailable("unknown-status"),
        };
    }

    private static string? StatusOf(Response response)
    {
        try
        {
            return JsonNode.Parse(response.Content.ToStream()) is JsonObject answer && answer["status"] is JsonValue status && status.TryGetValue(out string? text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A 400 on a repeated id may mean that the first attempt was taken: it counts as sent rather than sent twice.</summary>
    private static MailOutcome Outcome(Response response, bool mayHaveBeenSent) => response.Status switch
    {
        202 => new MailOutcome.Accepted(),
        400 when mayHaveBeenSent => new MailOutcome.Accepted(),
        400 => new MailOutcome.Refused(ErrorCode(response)),
        _ => Unavailable(response),
    };

    private static MailOutcome.Unavailable Unavailable(Response response) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{response.Status} {ErrorCode(response)}"), RetryAfter(response)) { IsOverQuota = response.Status == TooManyRequests };

    private static string ErrorCode(Response response) => response.Headers.TryGetValue("x-ms-error-code", out var code) ? code : "no-code";

    private static TimeSpan? RetryAfter(Response response) =>
        response.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private byte[] Body(OutgoingMail mail)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("senderAddress", senderAddress.Value);
            json.WriteStartObject("content");
            json.WriteString("subject", mail.Content.Subject);
            json.WriteString("plainText", mail.Content.Text);
            json.WriteString("html", mail.Content.Html);
            json.WriteEndObject();
            json.WriteStartObject("recipients");
            WriteAddresses(json, "to", mail.To);
            json.WriteEndObject();
            if (replyTo is not null)
            {
                WriteAddresses(json, "replyTo", replyTo.Value);
            }
            json.WriteBoolean("userEngagementTrackingDisabled", true);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, string address)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("address", address);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
