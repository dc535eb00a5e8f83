using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Infra.Tests;

/// <summary><c>infra/rotate-key.sh</c>, with scripts in the place of the Azure CLI and curl: a step at the wrong time would lose data.</summary>
public sealed class RotateKeyTests : IDisposable
{
    private const string Ring = "keys-encryption";
    private const string One = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Two = "2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
    private const string Three = "3:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";
    private const string AdminKey = "admin_0123456789abcdef";
    private readonly string _folder = Directory.CreateTempSubdirectory("rotate-").FullName;

    [Theory]
    [InlineData(One, 2)]
    [InlineData($"{Two},{One}", 3)]
    public async Task Add_puts_a_new_key_behind_the_others(string before, int added)
    {
        var after = await StepAsync(before, "add");

        Assert.StartsWith($"{before},{added}:", after, StringComparison.Ordinal);
        Assert.True(KeyRing.TryParse(after, out var ring));
        Assert.Equal(ring.Keys.Count, ring.Keys.Select(key => key.Fingerprint).Distinct().Count());
    }

    [Theory]
    [InlineData($"{One},{Two}", $"{Two},{One}")]
    [InlineData($"{Two},{One},{Three}", $"{Three},{Two},{One}")]
    public async Task Promote_puts_the_newest_key_in_front(string before, string after) =>
        Assert.Equal(after, await StepAsync(before, "promote", """{"encryption":{"versions":[{"version":3,"inRing":true,"mayLeave":false},{"version":2,"inRing":true,"mayLeave":false}]}}"""));

    [Theory]
    [InlineData($"{Two},{One}", Two)]
    [InlineData($"{Three},{Two},{One}", $"{Three},{Two}")]
    public async Task Drop_takes_the_oldest_key_out_once_the_app_says_so(string before, string after) =>
        Assert.Equal(after, await StepAsync(before, "drop", """{"encryption":{"versions":[{"version":2,"inRing":true,"mayLeave":false},{"version":1,"inRing":true,"mayLeave":true}]}}"""));

    [Theory]
    [InlineData($"{One},{Two}", "add")]
    [InlineData(One, "promote", """{"encryption":{"versions":[{"version":1,"inRing":true,"mayLeave":false}]}}""")]
    [InlineData($"{One},{Two}", "promote", """{"encryption":{"versions":[{"version":1,"inRing":true,"mayLeave":false}]}}""")]
    [InlineData($"{One},{Two}", "promote", """{"encryption":{"versions":[{"version":2,"inRing":false,"mayLeave":false}]}}""")]
    [InlineData($"{One},{Two}", "promote", null)]
    [InlineData($"{Two},{One}", "promote", """{"encryption":{"versions":[{"version":2,"inRing":true,"mayLeave":false}]}}""")]
    [InlineData(One, "drop")]
    [InlineData($"{One},{Two}", "drop", """{"encryption":{"versions":[{"version":1,"inRing":true,"mayLeave":true}]}}""")]
    [InlineData($"{Two},{One}", "drop", """{"encryption":{"versions":[{"version":1,"inRing":true,"mayLeave":false}]}}""")]
    [InlineData($"{Two},{One}", "drop", """{"hashing":{"versions":[{"version":1,"inRing":true,"mayLeave":true}]},"encryption":{"versions":[{"version":2,"inRing":true,"mayLeave":true}]}}""")]
    [InlineData($"{Two},{One}", "drop", null)]
    [InlineData(One, "")]
    [InlineData("", "add")]
    public async Task A_step_at_the_wrong_time_changes_nothing(string before, string step, string? answer = null)
    {
        var result = await RunAsync(before, step, answer);

        Assert.True(result.ExitCode != 0, result.ToString());
        Assert.False(File.Exists(Path.Combine(_folder, "set")));
    }

    [Fact]
    public async Task No_key_is_shown_or_stands_on_a_command_line()
    {
        var result = await RunAsync($"{Two},{One}", "drop", """{"encryption":{"versions":[{"version":1,"inRing":true,"mayLeave":true}]}}""");

        var seen = result.Output + await File.ReadAllTextAsync(Path.Combine(_folder, "lines"), TestContext.Current.CancellationToken);
        Assert.All([One[2..], Two[2..], AdminKey], secret => Assert.DoesNotContain(secret, seen, StringComparison.Ordinal));
        Assert.Contains("keys-encryption is now: 2,", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> StepAsync(string before, string step, string? answer = null)
    {
        var result = await RunAsync(before, step, answer);
        Assert.True(result.ExitCode == 0, result.ToString());
        return await File.ReadAllTextAsync(Path.Combine(_folder, "set"), TestContext.Current.CancellationToken);
    }

    /// <summary>The script with a vault that holds this ring, and an app that answers this or not at all.</summary>
    private async Task<ToolResult> RunAsync(string ring, string step, string? answer)
    {
        await ScriptAsync("az", $$"""
            case "$*" in
              "keyvault secret show"*) printf '%s\n' '{{ring}}' ;;
              "keyvault secret set"*) while [ "$1" != --file ]; do shift; done; cp "$2" '{{_folder}}/set' ;;
            esac
            """);
        await ScriptAsync("curl", $"""
            cat >/dev/null
            {(answer is null ? "exit 22" : $"printf '%s' '{answer}'")}
            """);
        return await Tool.RunAsync(
            "bash", Tool.Infra, "-c", $"VAULT_NAME=kv SITE_ORIGIN=https://site.example ADMIN_KEY={AdminKey} PATH='{_folder}':$PATH ./rotate-key.sh {Ring} {step}");
    }

    private async Task ScriptAsync(string name, string body)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, $"#!/usr/bin/env bash\necho \"$*\" >>'{_folder}/lines'\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
