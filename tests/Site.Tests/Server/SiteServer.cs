using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SiteTests.Server;

public sealed record IssuedVoucher(string Id, string Code, string RegistrationUrl, DateTimeOffset RedeemableUntil);

public sealed record Mail(string Id, string To, string Subject, string Text, string Html, DateTimeOffset SentAt);

/// <summary>The real app with site, mailbox and clock, as one would start it by hand, on a free port with data of its own.</summary>
public sealed partial class SiteServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);
    private readonly Process _process;
    private readonly string _data;

    private readonly List<string> _said;

    private SiteServer(Process process, string data, string url, List<string> said)
    {
        _process = process;
        _data = data;
        _said = said;
        Url = url;
        Http = new HttpClient { BaseAddress = new Uri(url) };
    }

    public string Url { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that it has written to its console.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    public static async Task<SiteServer> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("site-tests-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", Path.Combine(Repository.Root, "local", "bin", Repository.Configuration, "net10.0", "VoucherFunctions.Local.dll"))
        {
            WorkingDirectory = Repository.Root,
            Environment = { ["PORT"] = $"{port}", ["DATA"] = data, ["VOUCHER_ROOT"] = Repository.Root },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Listen(object _, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.Add(line.Data ?? "");
            }
            if (line.Data?.StartsWith("Ready:", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The app ended.\n{string.Join('\n', said)}"));
        process.OutputDataReceived += Listen;
        process.ErrorDataReceived += Listen;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartLimit);
        return new SiteServer(process, data, $"http://localhost:{port}", said);
    }

    public async Task<IssuedVoucher> IssueAsync(string language = "fr", DateTimeOffset? redeemableUntil = null)
    {
        using var answer = await AsIssuerAsync("/api/vouchers", redeemableUntil is { } until
            ? new { count = 1, language, redeemableUntil = until.UtcDateTime }
            : new { count = 1, language });
        await ExpectAsync(answer, HttpStatusCode.Created);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("vouchers")[0].Deserialize<IssuedVoucher>(JsonSerializerOptions.Web)!;
    }

    /// <summary>New vouchers as a web page, and what it may load.</summary>
    public async Task<(string Html, string Policy)> SheetsAsync(string language, int count)
    {
        using var answer = await AsIssuerAsync("/api/vouchers", new { count, language }, "text/html");
        await ExpectAsync(answer, HttpStatusCode.Created);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    public async Task RevokeAsync(IssuedVoucher voucher)
    {
        using var answer = await AsIssuerAsync($"/api/vouchers/{voucher.Id}/revoke", new { });
        await ExpectAsync(answer, HttpStatusCode.NoContent);
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        await ExpectAsync(answer, expected);
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>A pending registration, as its confirmation page knows it.</summary>
    public Task<JsonElement> RegisterAsync(IssuedVoucher voucher, string email, string name = "Amélie Rochat") =>
        PostAsync("/api/registrations", new { code = voucher.Code, name, email, language = "fr" }, HttpStatusCode.Accepted);

    /// <summary>An account, made by way of the mail; the answer holds its profile.</summary>
    public async Task<JsonElement> ActivateAsync(string email, string password)
    {
        await RegisterAsync(await IssueAsync(), email);
        return await PostAsync("/api/activations", new { token = await TokenAsync(email), password }, HttpStatusCode.OK);
    }

    public async Task<string> TokenAsync(string to, int mails = 1) => Token().Match(await LinkAsync(to, mails)).Groups[1].Value;

    /// <summary>The link in the newest mail to an address, once as many have come as should.</summary>
    public async Task<string> LinkAsync(string to, int mails = 1) => Link().Match((await MailAsync(to, mails)).Text).Value;

    public async Task<Mail> MailAsync(string to, int mails = 1)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await poll.WaitForNextTickAsync(limit.Token))
        {
            var found = await Http.GetFromJsonAsync<Mail[]>($"/local/mail?to={Uri.EscapeDataString(to)}", limit.Token);
            if (found!.Length >= mails)
            {
                return found[0];
            }
        }
        throw new InvalidOperationException($"No mail to {to}.");
    }

    public async Task<DateTimeOffset> NowAsync() =>
        (await Http.GetFromJsonAsync<JsonElement>("/local/clock")).GetProperty("now").GetDateTimeOffset();

    public Task AdvanceAsync(TimeSpan by) =>
        PostAsync("/local/clock", new { advance = System.Xml.XmlConvert.ToString(by) }, HttpStatusCode.OK);

    public Task SetClockAsync(DateTimeOffset now) => PostAsync("/local/clock", new { now = now.UtcDateTime }, HttpStatusCode.OK);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<HttpResponseMessage> AsIssuerAsync(string path, object body, string accept = "application/json")
    {
        var credentials = await Http.GetFromJsonAsync<JsonElement>("/local/credentials");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credentials.GetProperty("issuerKey").GetString());
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        request.Headers.Add("Accept", accept);
        return await Http.SendAsync(request);
    }

    private static async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode expected) =>
        Assert.True(
            answer.StatusCode == expected,
            $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"https?://\S+#token=\S+")]
    private static partial Regex Link();

    [GeneratedRegex("#token=(.+)$")]
    private static partial Regex Token();
}
