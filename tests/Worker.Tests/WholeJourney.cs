using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>Everything a person does with a voucher, from the office's request to the last mail; every step asserts that it went well.</summary>
internal static class WholeJourney
{
    private const string First = "correct horse battery staple";
    private const string Second = "Zürich-Forêt-Kaffee 17";

    /// <summary>As a Mac types it.</summary>
    private const string SecondElsewhere = "Zu\u0308rich-Fore\u0302t-Kaffee 17";
    private const string Third = "a third horse battery staple";

    /// <summary>Returns what is secret or personal of it.</summary>
    public static async Task<IReadOnlyList<string>> WalkAsync(PublishedApp app)
    {
        var email = $"anna-{Guid.NewGuid():N}@example.ch";
        var code = await app.NewCodeAsync();
        using var client = app.NewClient();

        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/vouchers/check", new { code }));
        await ExpectAsync(app, HttpStatusCode.Accepted, client.PostAsync("/api/registrations", new { code, name = "Anna Müller", email, language = "de" }));
        var activation = await app.TokenAsync(email);
        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/activations", new { token = activation, password = First }));
        var profile = await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/profile", bearer: null));
        Assert.Equal("Anna Müller", profile.Json["name"]!.GetValue<string>());
        Assert.Equal(90, profile.Json["daysLeft"]!.GetValue<int>());
        await ExpectAsync(app, HttpStatusCode.OK, client.SendAsync(HttpMethod.Patch, "/api/profile", new { language = "fr" }));
        await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/sessions", bearer: null));

        await ExpectAsync(app, HttpStatusCode.NoContent, client.SendAsync(HttpMethod.Delete, "/api/sessions/current", null));
        await ExpectAsync(app, HttpStatusCode.Unauthorized, client.GetAsync("/api/profile", bearer: null));
        await ExpectAsync(app, HttpStatusCode.Unauthorized, client.PostAsync("/api/sessions", new { email, password = Second }));
        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/sessions", new { email, password = First }));

        await ExpectAsync(app, HttpStatusCode.Accepted, client.PostAsync("/api/password-resets", new { email }));
        var reset = await app.TokenAsync(email);
        await ExpectAsync(app, HttpStatusCode.NoContent, client.PostAsync("/api/password-resets/complete", new { token = reset, password = Second }));
        await app.Smtp.NextToAsync(email, TestContext.Current.CancellationToken);
        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/sessions", new { email, password = SecondElsewhere }));

        await ExpectAsync(
            app, HttpStatusCode.NoContent, client.PostAsync("/api/profile/password", new { currentPassword = Second, newPassword = Third }));
        await app.Smtp.NextToAsync(email, TestContext.Current.CancellationToken);
        await KeepDocumentsAsync(app, client);
        await ExpectAsync(app, HttpStatusCode.NoContent, client.PostAsync("/api/profile/erase", new { password = Third }));
        await app.Smtp.NextToAsync(email, TestContext.Current.CancellationToken);
        await ExpectAsync(app, HttpStatusCode.Unauthorized, client.PostAsync("/api/sessions", new { email, password = Third }));
        var used = await ExpectAsync(app, HttpStatusCode.Conflict, client.PostAsync("/api/vouchers/check", new { code }));
        Assert.Equal("voucher-used", used.Code);
        return [email, "Anna", "Müller", code, code.Replace("-", "", StringComparison.Ordinal), activation, reset, First, Second, SecondElsewhere, Third];
    }

    /// <summary>Somebody new who has just activated the account.</summary>
    public static async Task<HttpClient> SignInAsync(PublishedApp app, CookieContainer? cookies = null)
    {
        var email = $"anna-{Guid.NewGuid():N}@example.ch";
        var code = await app.NewCodeAsync();
        var client = app.NewClient(cookies);
        await ExpectAsync(app, HttpStatusCode.Accepted, client.PostAsync("/api/registrations", new { code, name = "Anna Müller", email, language = "de" }));
        await ExpectAsync(app, HttpStatusCode.OK, client.PostAsync("/api/activations", new { token = await app.TokenAsync(email), password = First }));
        return client;
    }

    public static Task<Answer> PutAsync(HttpClient client, string name, byte[] content, string? ifMatch = null) => client.SendAsync(
        HttpMethod.Put,
        $"/api/documents/{Uri.EscapeDataString(name)}",
        new ByteArrayContent(content),
        headers: ifMatch is null ? ("If-None-Match", "*") : ("If-Match", ifMatch));

    /// <summary>A small document and one in several blocks: kept, replaced, read in every way, one of them removed.</summary>
    private static async Task KeepDocumentsAsync(PublishedApp app, HttpClient client)
    {
        var small = "%PDF-1.7 small"u8.ToArray();
        byte[] large = [.. small, .. new byte[5_000_000]];
        var kept = await ExpectAsync(app, HttpStatusCode.Created, PutAsync(client, "Müller.pdf", small));
        var other = await ExpectAsync(app, HttpStatusCode.Created, PutAsync(client, "large.pdf", large));
        await ExpectAsync(app, HttpStatusCode.OK, PutAsync(client, "Müller.pdf", large, kept.Headers.ETag!.Tag));
        var back = await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/documents/M%C3%BCller.pdf", bearer: null));
        Assert.Equal(large, back.Bytes);
        await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/documents", bearer: null));
        await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/documents.zip", bearer: null));
        await ExpectAsync(app, HttpStatusCode.OK, client.GetAsync("/api/profile/export", bearer: null));
        await ExpectAsync(app, HttpStatusCode.NoContent, client.SendAsync(HttpMethod.Delete, "/api/documents/large.pdf", null, headers: ("If-Match", other.Headers.ETag!.Tag)));
        await ExpectAsync(app, HttpStatusCode.NotFound, client.GetAsync("/api/documents/large.pdf", bearer: null));
    }

    public static async Task<Answer> ExpectAsync(PublishedApp app, HttpStatusCode status, Task<Answer> request)
    {
        var answer = await request;
        Assert.True(answer.Status == status, $"{answer}\n{app.Log}");
        return answer;
    }
}
