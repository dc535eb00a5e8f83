namespace VoucherFunctions.Infra.Tests;

/// <summary>
/// The checks checked: each line of <see cref="Breaks"/> breaks one rule in a copy of the templates, and the rule says so in a line that names the place. All are made in one
/// copy, since they do not touch each other and a prediction takes seconds.
/// </summary>
public sealed class BreakTests
{
    private static readonly (string File, string Text, string Broken, Action<Deployment> Rule, string Line)[] Breaks =
    [
        ("modules/storageRules.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", Rules.NoSharedKeys, "allowSharedKeyAccess is true, not false."),
        ("modules/dataStorage.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'", Rules.NoPublicBlobs, "publicAccess is \"Blob\", not \"None\"."),
        ("modules/storageRules.bicep", "'TLS1_2'", "'TLS1_0'", Rules.NoOldTls, "minimumTlsVersion is \"TLS1_0\", not \"TLS1_2\"."),
        ("modules/monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: false", Rules.IdentitiesOnly, "DisableLocalAuth is false, not true."),
        ("modules/functionApp.bicep", "name: 'scm'\n    properties: { allow: false }", "name: 'scm'\n    properties: { allow: true }", Rules.NoPasswords, "allow is true, not false."),
        ("modules/vault.bicep", "enablePurgeProtection: true", "enablePurgeProtection: null", Rules.NoPurge, "enablePurgeProtection is not set, not true."),
        ("modules/dataStorage.bicep", "isVersioningEnabled: false", "isVersioningEnabled: true", Rules.NothingOutlivesDeletion, "isVersioningEnabled is true, not false."),
        ("modules/mail.bicep", "EmailSendMailOperational", "EmailStatusUpdateOperational", Rules.NoRecipientsInLogs, "EmailStatusUpdateOperational"),
        (
            "modules/roles.bicep",
            "properties: assignment(principalId, roles.storageBlobDataReader)",
            "properties: assignment(principalId, roles.storageBlobDataOwner)",
            Rules.RolesOfTheList,
            "The list of roles wants what infra/modules/roles.bicep does not give: blobServices/default/containers/training: 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1."),
        (
            "modules/settings.bicep",
            "    Site__AllowedOrigins: ''\n",
            "",
            SettingsTests.CheckSettings,
            "The code wants what infra/modules/settings.bicep does not give: Site__AllowedOrigins."),
        ("modules/settings.bicep", "Keys__Hashing: fromVault(vaultUri, 'keys-hashing')", "Keys__Hashing: '1:c2VjcmV0'", SettingsTests.CheckSecrets, "Keys__Hashing is no reference to the vault."),
        ("modules/types.bicep", "type Runtime = { name: 'dotnet-isolated', version: '10.0' }", "type Runtime = { name: 'dotnet-isolated', version: '10' }", Rules.RunsTheWorker, "runtime.version is \"10\", not \"10.0\"."),
        ("modules/types.bicep", "worker: { name: 'dotnet-isolated', version: '10.0' }", "worker: { name: 'dotnet-isolated', version: '10' }", Rules.RunsTheWorker, "runtime.version is \"10\", not \"10.0\"."),
        (
            "modules/settings.bicep",
            "    AzureWebJobsStorage__credential: 'managedidentity'\n",
            "    AzureWebJobsStorage__credential: 'managedidentity'\n    FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n",
            Rules.NoRuntimeSetting,
            "infra/modules/settings.bicep sets FUNCTIONS_WORKER_RUNTIME."),
        ("modules/dataStorage.bicep", "'throttle', ", "", SettingsTests.CheckTables, "The code wants what infra/modules/dataStorage.bicep does not give: throttle."),
    ];

    /// <summary>What the linter stops before anything is predicted: text at the end of main.bicep.</summary>
    public static readonly TheoryData<string, string> Slips = new()
    {
        { "resource old 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: 'old' }\n@description('A key.')\noutput KEY string = old.listKeys().keys[0].value", "outputs-should-not-contain-secrets" },
        { "@description('Not used.')\nparam unused string = ''", "no-unused-params" },
        { "resource odd 'Microsoft.Storage/storageAccounts@2025-06-01' = {\n  name: 'odd'\n  location: location\n  kind: 'StorageV2'\n  sku: { name: 'Standard_ZRS' }\n  properties: { minimumTlsVersions: 'TLS1_2' }\n}", "BCP089" },
    };

    [Fact]
    public async Task Whoever_breaks_a_rule_is_told_which_and_where()
    {
        using var copy = new Copy();
        foreach (var (file, text, broken, _, _) in Breaks)
        {
            copy.Change(file, text, broken);
        }

        var deployment = await copy.PredictAsync("small");

        Assert.All(Breaks, each =>
        {
            var failure = Record.Exception(() => each.Rule(deployment));
            Assert.True(failure?.Message.Contains(each.Line, StringComparison.Ordinal), $"{each.Line}\n{failure?.Message ?? "Nobody noticed."}");
        });
    }

    [Fact]
    public async Task A_native_mode_with_the_runtime_of_the_worker_is_found()
    {
        using var copy = new Copy();
        copy.Change("main.bicep", "runtimes[hosting]", "runtimes[hosting == 'native' ? 'worker' : hosting]");

        var deployment = await copy.PredictAsync("native");

        var failure = Record.Exception(() => Rules.RunsTheNativeHandler(deployment));
        Assert.Contains("runtime.name is \"dotnet-isolated\", not \"custom\".", failure?.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Slips))]
    public async Task The_linter_stops_keys_in_outputs_leftovers_and_misspelt_properties(string added, string rule)
    {
        using var copy = new Copy();
        await File.AppendAllTextAsync(Path.Combine(copy.Folder, "main.bicep"), $"\n{added}\n", TestContext.Current.CancellationToken);

        var result = await Tool.BicepInAsync(copy.Folder, "lint", "main.bicep");

        Assert.Contains(rule, result.ToString(), StringComparison.Ordinal);
        Assert.True(result.ExitCode != 0 || result.ToString().Contains("Warning", StringComparison.Ordinal), result.ToString());
    }
}
