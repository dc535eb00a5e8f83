using System.Globalization;
using VoucherFunctions.Local;
using VoucherFunctions.Testing;
using VoucherFunctions.Worker.Tests.Host;
using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The start of the process: where it listens, and what stops it.</summary>
public sealed class StartTests(AzuriteFixture azurite, PublishedFixture published)
{
    [Theory]
    [MemberData(nameof(Heads.Both), MemberType = typeof(Heads))]
    public async Task It_listens_on_the_loopback_address_only_although_the_host_passes_its_own_address_on(Head head)
    {
        await using var app = await PublishedApp.StartAsync(azurite, await published.GetAsync(head));

        var listening = Listening(app.Process.Id);

        // 127.0.0.1 as the kernel writes it, and the port in hex.
        Assert.Equal([$"0100007F:{app.Host.AppPort:X4}"], listening);
    }

    [Theory]
    [InlineData("Site__Origin", "")]
    [InlineData("Site__Origin", "ftp://example.ch")]
    [InlineData("Site__Origin", "http://example.ch")]
    [InlineData("Site__ServiceName", "")]
    [InlineData("Storage__ConnectionString", "")]
    [InlineData("Storage__ConnectionString", "nonsense")]
    [InlineData("Storage__TableEndpoint", "https://both.example.ch", "Storage__BlobEndpoint", "https://both.example.ch")]
    [InlineData("Storage__TablePrefix", "1-")]
    [InlineData("Keys__Hashing", "")]
    [InlineData("Keys__Hashing", "1:AAAA")]
    [InlineData("Keys__Encryption", "")]
    [InlineData("Keys__Encryption", "nonsense")]
    [InlineData("Keys__Encryption", "development:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Site__Origin", "https://example.ch")]
    [InlineData("Mail__Smtp", "")]
    [InlineData("Mail__Smtp", "http://example.ch")]
    [InlineData("Mail__ConnectionString", "nonsense", "Mail__Smtp", "")]
    [InlineData("Mail__Endpoint", "http://example.ch", "Mail__Smtp", "")]
    [InlineData("Mail__Sender", "")]
    [InlineData("Mail__Sender", "nobody")]
    [InlineData("Mail__ReplyTo", "nobody")]
    [InlineData("Admin__KeyHashes", "")]
    [InlineData("Admin__KeyHashes", "abc")]
    [InlineData("Telemetry__ConnectionString", "nonsense")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense")]
    [InlineData("Network__TrustedProxies", "9")]
    [InlineData("Network__TrustedProxies", "many", null, null, "Network:TrustedProxies")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "abc")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "0")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "65536")]
    public async Task A_setting_that_is_empty_or_wrong_ends_the_start_with_one_line_that_names_it(
        string setting, string value, string? another = null, string? itsValue = null, string? named = null)
    {
        var settings = Settings();
        settings[setting] = value;
        if (another is not null)
        {
            settings[another] = itsValue!;
        }

        await AssertRefusedAsync(Head.Native, settings, named ?? setting);
    }

    /// <summary>Both heads ask the same validators, so one setting of each kind will do here.</summary>
    [Theory]
    [InlineData("Site__Origin", "")]
    [InlineData("Keys__Hashing", null)]
    [InlineData("Network__TrustedProxies", "many", "Network:TrustedProxies")]
    public async Task The_worker_ends_with_one_line_that_names_the_setting(string setting, string? value, string? named = null)
    {
        var settings = Settings();
        settings.Remove(setting);
        if (value is not null)
        {
            settings[setting] = value;
        }

        await AssertRefusedAsync(Head.Worker, settings, named ?? setting, WorkerHost.Arguments(port: 1));
    }

    [Fact]
    public Task The_worker_ends_with_one_line_when_no_host_started_it() => AssertRefusedAsync(Head.Worker, Settings(), "--functions-uri");

    [Theory]
    [InlineData("Site__Origin")]
    [InlineData("Site__ServiceName")]
    [InlineData("Storage__ConnectionString")]
    [InlineData("Keys__Hashing")]
    [InlineData("Keys__Encryption")]
    [InlineData("Mail__Smtp")]
    [InlineData("Mail__Sender")]
    [InlineData("Admin__KeyHashes")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT")]
    public async Task A_setting_that_is_not_there_ends_the_start_with_one_line_that_names_it(string setting)
    {
        var settings = Settings();
        settings.Remove(setting);

        await AssertRefusedAsync(Head.Native, settings, setting);
    }

    [Fact]
    public async Task Several_wrong_settings_are_told_at_once()
    {
        var settings = Settings();
        settings["Admin__KeyHashes"] = "";
        settings["Keys__Hashing"] = "";
        settings["Mail__Sender"] = "";

        var (exitCode, _, errors) = await HeadProcess.RunAsync(await published.GetAsync(Head.Native), settings, [], TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(["Admin__KeyHashes", "Keys__Hashing", "Mail__Sender"], name => Assert.Contains(name, line, StringComparison.Ordinal));
    }

    private async Task AssertRefusedAsync(Head head, Dictionary<string, string> settings, string named, params string[] arguments)
    {
        var (exitCode, output, errors) = await HeadProcess.RunAsync(await published.GetAsync(head), settings, arguments, TestContext.Current.CancellationToken);

        Assert.True(exitCode == 1, $"{exitCode}: {output}{errors}");
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings() =>
        HostSettings.Of(Azurite.FreePort(), azurite.ConnectionString, "unused", new Uri("smtp://localhost:1"));

    /// <summary>The addresses on which a process listens: https://docs.kernel.org/networking/proc_net_tcp.html</summary>
    private static IReadOnlyList<string> Listening(int process)
    {
        const int LocalAddress = 1;
        const int State = 3;
        const int Inode = 9;
        var sockets = Directory.GetFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
            .Select(file => new FileInfo(file).LinkTarget)
            .ToHashSet();
        return [.. File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[State] == "0A" && sockets.Contains($"socket:[{fields[Inode]}]"))
            .Select(fields => fields[LocalAddress])];
    }
}
