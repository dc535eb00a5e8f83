using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MimeKit;

namespace VoucherFunctions.Testing;

/// <summary>A mail as an SMTP server took it: the envelope, and the message byte by byte.</summary>
public sealed record SmtpMail(string From, IReadOnlyList<string> To, string? User, byte[] Raw)
{
    public MimeMessage Message => MimeMessage.Load(new MemoryStream(Raw));

    public string Text => Message.TextBody?.ReplaceLineEndings("\n") ?? "";

    public string Html => Message.HtmlBody?.ReplaceLineEndings("\n") ?? "";

    /// <summary>The lines before the body, unfolded.</summary>
    public IReadOnlyList<string> HeaderLines
    {
        get
        {
            var text = System.Text.Encoding.Latin1.GetString(Raw);
            return text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
                .Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");
        }
    }
}

/// <summary>Nodemailer's SMTP server as a child process; <c>tests/Functions.Tests/smtp/server.cjs</c> says what a recipient's name makes it do.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<string, Channel<SmtpMail>> _mails = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _reading;

    private SmtpServer(Process process, int port)
    {
        _process = process;
        Port = port;
        _reading = ReadAllAsync();
    }

    public int Port { get; }

    public Uri Uri => new(string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{Port}"));

    public static async Task<SmtpServer> StartAsync(params string[] options)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "Functions.Tests", "smtp"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("server.cjs");
        foreach (var option in options)
        {
            start.ArgumentList.Add(option);
        }
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var port = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The SMTP server did not start: is npm ci done in tests/Functions.Tests/smtp?");
        return new SmtpServer(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>The next mail to this address that was not asked for yet, as soon as it is there.</summary>
    public ValueTask<SmtpMail> NextToAsync(string address, CancellationToken cancellation) => MailsTo(address).Reader.ReadAsync(cancellation);

    /// <summary>Everything received that nobody asked for; the server is ended first, so nothing is still under way.</summary>
    public async Task<IReadOnlyList<SmtpMail>> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        var rest = new List<SmtpMail>();
        foreach (var mails in _mails.Values)
        {
            while (mails.Reader.TryRead(out var mail))
            {
                rest.Add(mail);
            }
        }
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private async Task ReadAllAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonNode.Parse(line)!;
            string[] recipients = [.. mail["to"]!.AsArray().Select(recipient => recipient!.GetValue<string>())];
            MailsTo(recipients[0]).Writer.TryWrite(new SmtpMail(
                mail["from"]!.GetValue<string>(), recipients, mail["user"]?.GetValue<string>(), Convert.FromBase64String(mail["raw"]!.GetValue<string>())));
        }
    }

    private Channel<SmtpMail> MailsTo(string address) => _mails.GetOrAdd(address, _ => Channel.CreateUnbounded<SmtpMail>());
}
