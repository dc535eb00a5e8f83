using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Infra.Tests;

/// <summary>What an auditor asks, of every example.</summary>
public sealed partial class SecurityTests
{
    private const string DiagnosticSettings = "/providers/Microsoft.Insights/diagnosticSettings/";

    public static readonly TheoryData<string> Examples = Deployment.Examples;

    [Theory, MemberData(nameof(Examples))]
    public void No_storage_account_takes_shared_keys(string example) => Rules.NoSharedKeys(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void No_blob_is_public(string example) => Rules.NoPublicBlobs(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Nothing_speaks_less_than_TLS_1_2(string example) => Rules.NoOldTls(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Services_that_could_take_keys_take_identities_only(string example) => Rules.IdentitiesOnly(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Nobody_deploys_with_a_password(string example) => Rules.NoPasswords(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Deleted_keys_cannot_be_purged(string example) => Rules.NoPurge(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Personal_data_is_in_three_zones_and_does_not_outlive_its_deletion(string example) => Rules.NothingOutlivesDeletion(Deployment.Predicted(example));

    [Fact]
    public void In_production_the_storage_is_closed_to_other_networks_and_locked()
    {
        var deployment = Deployment.Predicted("production");

        Assert.All(deployment.Of(Rules.StorageAccount), account => Deployment.AssertIs(account, "networkAcls.defaultAction", "\"Deny\""));
        Deployment.AssertIs(deployment.Only("Microsoft.Authorization/locks"), "level", "\"CanNotDelete\"");
    }

    [Theory]
    [InlineData("Microsoft.KeyVault/vaults", 1)]
    [InlineData("Microsoft.Communication/communicationServices", 1)]
    [InlineData("Microsoft.OperationalInsights/workspaces", 1)]
    [InlineData("Microsoft.Web/sites", 1)]
    [InlineData("Microsoft.Storage/storageAccounts/blobServices", 2)]
    [InlineData("Microsoft.Storage/storageAccounts/tableServices", 1)]
    public void Diagnostics_are_on(string type, int count)
    {
        var deployment = Deployment.Predicted("production");

        var watched = deployment.Of(type)
            .Where(resource => deployment.Resources.Any(setting => Deployment.Id(setting).StartsWith(Deployment.Id(resource) + DiagnosticSettings, StringComparison.Ordinal)
                && setting["properties"]!["logs"]!.AsArray().Any(log => log!["enabled"]!.GetValue<bool>())));

        Assert.Equal(count, watched.Count());
    }

    [Theory, MemberData(nameof(Examples))]
    public void No_diagnostic_names_the_recipients_of_mails(string example) => Rules.NoRecipientsInLogs(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Every_role_is_one_of_the_list_on_one_resource_and_for_the_app(string example) => Rules.RolesOfTheList(Deployment.Predicted(example));

    [Fact]
    public async Task No_template_asks_for_a_key_and_no_output_gives_one()
    {
        var result = await Tool.BicepAsync("build", "main.bicep", "--stdout");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotMatch(AsksForAKey(), result.Output);
        var outputs = JsonNode.Parse(result.Output)!["outputs"]!.AsObject();
        Assert.Equal(
            ["APP_HOST", "APP_NAME", "DATA_ACCOUNT_NAME", "MAIL_DNS_RECORDS", "MAIL_SENDER", "MAIL_SERVICE_NAME", "SITE_HOST", "SITE_NAME", "SITE_ORIGIN", "VAULT_NAME"],
            outputs.Select(output => output.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secrets/", outputs.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("list[A-Za-z]*(Keys|Secrets|Sas)\\(|AccountKey=|SharedAccessSignature|accesskey=", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForAKey();
}
