using System.Text.Json;
using Microsoft.Playwright;
using SiteTests.Browser;

namespace SiteTests.States;

/// <summary>Answers of the service, so that any state of a page can be looked at without living through it.</summary>
public static class Stub
{
    public const string Masked = "a•••@example.ch";
    private const string AccessUntil = "2027-02-20T23:00:00Z";

    public static Task ProfileAsync(Tab tab, int daysLeft = 62) => AnswerAsync(tab, "/api/profile", 200, new
    {
        accountId = "3v7m2k9c1w8x4e5r",
        name = "Amélie Rochat",
        email = "amelie.rochat@example.ch",
        language = tab.Texts.Language,
        enteredAt = "2026-11-22T10:00:00Z",
        accessUntil = AccessUntil,
        daysLeft,
        deletedAtLatest = "2028-02-20T23:00:00Z",
    });

    /// <summary>Somebody with an account, documents, a course and a second session elsewhere.</summary>
    public static async Task SignedInAsync(Tab tab, int daysLeft = 62)
    {
        await tab.Context.AddInitScriptAsync("try { localStorage.setItem('signed-in', '1'); } catch { }");
        await ProfileAsync(tab, daysLeft);
        await AnswerAsync(tab, "/api/sessions", 200, new
        {
            sessions = new[]
            {
                new { id = "a", current = true, createdAt = "2026-11-22T10:00:00Z", lastSeenAt = AccessUntil, expiresAt = AccessUntil },
                new { id = "b", current = false, createdAt = "2026-11-21T18:30:00Z", lastSeenAt = AccessUntil, expiresAt = AccessUntil },
            },
        });
        await AnswerAsync(tab, "/api/documents", 200, new
        {
            documents = new[]
            {
                new { name = "CV-2026.pdf", size = 245_000, type = "application/pdf", modifiedAt = "2026-11-22T10:00:00Z", etag = "\"1\"" },
                new { name = "Lettre de motivation – Müller SA.docx", size = 1_184_000, type = "text/plain", modifiedAt = "2026-11-20T10:00:00Z", etag = "\"2\"" },
            },
            usedBytes = 1_429_000,
            limitBytes = 200_000_000,
        });
        await AnswerAsync(tab, "/api/training/", 200, new { });
    }

    /// <summary>A registration that waits for its mail, as this tab remembers it.</summary>
    public static Task PendingAsync(Tab tab) => tab.Context.AddInitScriptAsync("""
        sessionStorage.setItem('pending', JSON.stringify({ handle: 'h', email: 'amelie.rochat@example.ch',
          activateBefore: '2026-11-24T09:12:00Z', accessUntil: '2027-02-20T23:00:00Z', resendAt: Date.now() + 3600e3 }));
        """);

    /// <summary>A link of a mail that works.</summary>
    public static Task LinkAsync(Tab tab, string checkPath) => AnswerAsync(tab, checkPath, 200, new { email = Masked, until = "2026-11-24T09:12:00Z" });

    public static Task CodeAsync(Tab tab) => tab.Context.AddInitScriptAsync("sessionStorage.setItem('code', '7K3M-Q9TX-2BHD-5WVX')");

    public static Task RefuseAsync(Tab tab, string path, int status, string code, object? more = null, int? retryAfter = null) =>
        tab.Page.RouteAsync(url => new Uri(url).AbsolutePath == path, route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = retryAfter is { } seconds
                ? new Dictionary<string, string> { ["Retry-After"] = $"{seconds}", ["Content-Type"] = "application/problem+json" }
                : null,
            Body = Problem(status, code, more),
        }));

    public static Task AnswerAsync(Tab tab, string path, int status, object body) =>
        tab.Page.RouteAsync(url => new Uri(url).AbsolutePath == path, route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = status,
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(body),
        }));

    public static Task EmptyAsync(Tab tab, string path, int status) =>
        tab.Page.RouteAsync(url => new Uri(url).AbsolutePath == path, route => route.FulfillAsync(new RouteFulfillOptions { Status = status }));

    private static string Problem(int status, string code, object? more)
    {
        var members = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        members["status"] = status;
        members["title"] = "in English, for developers";
        members["code"] = code;
        return members.ToJsonString();
    }
}
