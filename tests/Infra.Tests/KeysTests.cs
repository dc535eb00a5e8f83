using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using VoucherFunctions.Domain.Keys;

namespace VoucherFunctions.Infra.Tests;

/// <summary><c>infra/keys.sh</c>, with a script in the place of the Azure CLI: a key that is made twice would make every account unreadable.</summary>
public sealed partial class KeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    [Fact]
    public async Task Keys_that_are_missing_are_made_in_the_form_that_the_app_reads()
    {
        var result = await RunAsync(known: "");

        Assert.True(result.ExitCode == 0, result.ToString());
        var made = Made();
        Assert.Equal(["admin-key-hashes", "keys-encryption", "keys-hashing"], made.Keys.Order(StringComparer.Ordinal));
        Assert.True(KeyRing.TryParse(made["keys-hashing"], out var hashing));
        Assert.True(KeyRing.TryParse(made["keys-encryption"], out var encryption));
        Assert.NotEqual(hashing.Current.Key, encryption.Current.Key);
        Assert.Matches("^first=[0-9a-f]{64}$", made["admin-key-hashes"]);
    }

    [Fact]
    public async Task Keys_that_exist_are_not_touched()
    {
        var result = await RunAsync(known: "keys-hashing\nadmin-key-hashes\nkeys-encryption");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(Made());
    }

    [Fact]
    public async Task One_missing_key_is_made_alone()
    {
        var result = await RunAsync(known: "keys-hashing\nadmin-key-hashes");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("keys-encryption", Assert.Single(Made()).Key);
    }

    [Fact]
    public async Task When_the_vault_cannot_be_asked_nothing_is_made()
    {
        var result = await RunAsync(known: null);

        Assert.True(result.ExitCode != 0, result.ToString());
        Assert.Empty(Made());
    }

    [Fact]
    public async Task The_administrators_key_is_made_only_where_somebody_sees_it()
    {
        var seen = await RunAsync(known: "");
        var made = Made();
        File.Delete(Path.Combine(_folder, "made"));

        var unseen = await RunAsync(known: "keys-hashing\nkeys-encryption", isTerminal: false);

        var key = Assert.Single(AdministratorsKey().Matches(seen.Output)).Value;
        Assert.Equal($"first={Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))}", made["admin-key-hashes"]);
        Assert.True(unseen.ExitCode != 0 && unseen.Errors.Contains("run infra/keys.sh in a terminal", StringComparison.Ordinal), unseen.ToString());
        Assert.Empty(Made());
    }

    [Fact]
    public async Task No_key_stands_on_a_command_line()
    {
        await RunAsync(known: "");

        var lines = File.ReadAllText(Path.Combine(_folder, "lines"));
        Assert.All(Made().Values, value => Assert.DoesNotContain(value, lines, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The script with an <c>az</c> that knows these secrets, or fails when asked for them.</summary>
    private async Task<ToolResult> RunAsync(string? known, bool isTerminal = true)
    {
        var az = Path.Combine(_folder, "az");
        await File.WriteAllTextAsync(az, $$"""
            #!/usr/bin/env bash
            echo "$*" >>'{{_folder}}/lines'
            case "$*" in
              "group show"*) echo /subscriptions/0/resourceGroups/g ;;
              "cloud show"*) echo https://management.example/ ;;
              *"method get"*) {{(known is null ? "exit 1" : $"printf '%s\\n' '{known}'")}} ;;
              *"deployment group create"*) echo "$KEY_NAME $KEY_VALUE" >>'{{_folder}}/made' ;;
            esac
            """);
        File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var run = $"AZURE_RESOURCE_GROUP=g APP_NAME=func PATH='{_folder}':$PATH ./keys.sh";
        // script(1) gives it a terminal.
        return isTerminal
            ? await Tool.RunAsync("script", Tool.Infra, "--quiet", "--return", "--command", run, "/dev/null")
            : await Tool.RunAsync("bash", Tool.Infra, "-c", run);
    }

    private Dictionary<string, string> Made()
    {
        var file = Path.Combine(_folder, "made");
        return File.Exists(file) ? Line().Matches(File.ReadAllText(file)).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value) : [];
    }

    [GeneratedRegex("admin_[0-9a-f]{64}")]
    private static partial Regex AdministratorsKey();

    [GeneratedRegex("^([^ ]+) (.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
