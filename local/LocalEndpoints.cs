using System.Globalization;
using System.Text.Json;
using System.Xml;
using Azure.Data.Tables;
using VoucherFunctions.Hosting;
using VoucherFunctions.Http;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Local;

/// <summary>What only a local installation has: the mailbox, the clock, the timers, the keys, and a page to use them with.</summary>
public static class LocalEndpoints
{
    private static readonly TimeSpan MailTime = TimeSpan.FromSeconds(5);

    public static void MapLocal(this WebApplication app, LocalSecrets secrets, TableServiceClient tables, string pageFolder)
    {
        var local = app.MapGroup("/local");
        local.MapGet("/", (HttpContext http) => PageAsync(http, pageFolder, "index.html"));
        local.MapGet("/page.css", (HttpContext http) => PageAsync(http, pageFolder, "page.css"));
        local.MapGet("/page.js", (HttpContext http) => PageAsync(http, pageFolder, "page.js"));
        local.MapGet("/mail", MailAsync);
        local.MapGet("/clock", (LocalClock clock) => Now(clock));
        local.MapPost("/clock", SetClock);
        local.MapGet("/timers", (IEnumerable<TimerFunction> timers) => timers.Select(timer => new { timer.Name, timer.Schedule }));
        local.MapPost("/timers/{name}", RunTimerAsync);
        local.MapGet("/credentials", () => new { secrets.IssuerKey, secrets.AdminKey });
        local.MapGet("/tables", async (CancellationToken cancellation) => Results.Ok(await DumpAsync(tables, cancellation)));
    }

    private static async Task PageAsync(HttpContext http, string folder, string file)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'";
        http.Response.ContentType = MediaTypes.Of(file);
        await http.Response.SendFileAsync(Path.Combine(folder, file));
    }

    /// <summary>Mail leaves in the background: what was committed before this call is there when it answers.</summary>
    private static async Task<IResult> MailAsync(string? to, LocalMailbox mailbox, MailDispatcher dispatcher)
    {
        await SettleAsync(dispatcher);
        return Results.Ok(mailbox.List(to));
    }

    private static IResult SetClock(JsonElement body, LocalClock clock)
    {
        try
        {
            if (body.TryGetProperty("advance", out var advance))
            {
                clock.Advance(XmlConvert.ToTimeSpan(advance.GetString() ?? ""));
            }
            else
            {
                clock.MoveTo(DateTimeOffset.Parse(body.GetProperty("now").GetString() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
            }
        }
        catch (Exception wrong) when (wrong is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return Results.BadRequest(new { error = "Give {\"advance\":\"PT24H\"} or {\"now\":\"2027-02-20T22:59:00Z\"}." });
        }
        return Now(clock);
    }

    private static async Task<IResult> RunTimerAsync(string name, LocalTimers timers, MailDispatcher dispatcher, HttpContext http)
    {
        if (timers.Find(name) is not { } timer)
        {
            return Results.NotFound();
        }
        var report = await timers.RunAsync(timer, http.RequestAborted);
        await SettleAsync(dispatcher);
        return Results.Ok(new { processed = report.Done, report.Due, report.OldestOverdue });
    }

    private static async Task<Dictionary<string, List<IDictionary<string, object>>>> DumpAsync(TableServiceClient service, CancellationToken cancellation)
    {
        var dump = new Dictionary<string, List<IDictionary<string, object>>>();
        foreach (var table in StorageTables.Names)
        {
            var rows = dump[table] = [];
            await foreach (var entity in service.GetTableClient(table).QueryAsync<TableEntity>(cancellationToken: cancellation))
            {
                rows.Add(entity.ToDictionary(property => property.Key, property => property.Value is byte[] bytes ? Convert.ToHexStringLower(bytes) : property.Value));
            }
        }
        return dump;
    }

    private static Task<Task> SettleAsync(MailDispatcher dispatcher) => Task.WhenAny(dispatcher.WhenIdleAsync(), Task.Delay(MailTime));

    private static IResult Now(LocalClock clock) => Results.Ok(new { now = clock.GetUtcNow().UtcDateTime });
}
