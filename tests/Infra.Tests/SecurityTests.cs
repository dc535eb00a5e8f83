using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Infra.Tests;

/// <summary>What an auditor asks, of both sizes.</summary>
public sealed partial class SecurityTests
{
    private const string StorageAccount = "Microsoft.Storage/storageAccounts";
    private const string DiagnosticSettings = "/providers/Microsoft.Insights/diagnosticSettings/";

    public static readonly TheoryData<string> Sizes = Deployment.Sizes;

    [Theory, MemberData(nameof(Sizes))]
    public void No_storage_account_takes_shared_keys(string size)
    {
        var accounts = Deployment.Predicted(size).Of(StorageAccount).ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account => Deployment.AssertIs(account, "allowSharedKeyAccess", "false"));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void No_blob_is_public(string size)
    {
        var deployment = Deployment.Predicted(size);

        Assert.All(deployment.Of(StorageAccount), account => Deployment.AssertIs(account, "allowBlobPublicAccess", "false"));
        Assert.All(deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), container =>
            Deployment.AssertIs(container, "publicAccess", "\"None\""));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Nothing_speaks_less_than_TLS_1_2(string size)
    {
        var deployment = Deployment.Predicted(size);

        Assert.All(deployment.Of(StorageAccount), account =>
        {
            Deployment.AssertIs(account, "minimumTlsVersion", "\"TLS1_2\"");
            Deployment.AssertIs(account, "supportsHttpsTrafficOnly", "true");
        });
        var app = deployment.Only("Microsoft.Web/sites");
        Deployment.AssertIs(app, "httpsOnly", "true");
        Deployment.AssertIs(app, "siteConfig.minTlsVersion", "\"1.2\"");
        Deployment.AssertIs(app, "siteConfig.scmMinTlsVersion", "\"1.2\"");
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Services_that_could_take_keys_take_identities_only(string size)
    {
        var deployment = Deployment.Predicted(size);

        Deployment.AssertIs(deployment.Only("Microsoft.Communication/communicationServices"), "disableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.Insights/components"), "DisableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.OperationalInsights/workspaces"), "features.disableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.KeyVault/vaults"), "enableRbacAuthorization", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.Web/sites"), "functionAppConfig.deployment.storage.authentication.type", "\"UserAssignedIdentity\"");
        Assert.Equal("managedidentity", deployment.Settings()["AzureWebJobsStorage__credential"]);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Nobody_deploys_with_a_password(string size)
    {
        var deployment = Deployment.Predicted(size);

        var policies = deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();

        Assert.Equal(["ftp", "scm"], policies.Select(policy => Deployment.Name(policy).Split('/')[^1]).Order());
        Assert.All(policies, policy => Deployment.AssertIs(policy, "allow", "false"));
        Deployment.AssertIs(deployment.Only("Microsoft.Web/sites"), "siteConfig.ftpsState", "\"Disabled\"");
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Deleted_keys_cannot_be_purged(string size)
    {
        var vault = Deployment.Predicted(size).Only("Microsoft.KeyVault/vaults");

        Deployment.AssertIs(vault, "enablePurgeProtection", "true");
        Deployment.AssertIs(vault, "softDeleteRetentionInDays", "90");
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Personal_data_is_in_three_zones_and_does_not_outlive_its_deletion(string size)
    {
        var deployment = Deployment.Predicted(size);

        var account = Assert.Single(deployment.Of(StorageAccount), resource => Deployment.Name(resource).StartsWith("stdata", StringComparison.Ordinal));
        var blobs = Assert.Single(deployment.Of("Microsoft.Storage/storageAccounts/blobServices"), resource => Deployment.Name(resource).StartsWith("stdata", StringComparison.Ordinal));

        Assert.Equal("Standard_ZRS", account["sku"]!["name"]!.GetValue<string>());
        Deployment.AssertIs(blobs, "isVersioningEnabled", "false");
        Assert.InRange(blobs["properties"]!["deleteRetentionPolicy"]!["days"]!.GetValue<int>(), 1, 7);
        Assert.InRange(blobs["properties"]!["containerDeleteRetentionPolicy"]!["days"]!.GetValue<int>(), 1, 7);
    }

    [Fact]
    public void In_production_the_storage_is_closed_to_other_networks_and_locked()
    {
        var deployment = Deployment.Predicted("production");

        Assert.All(deployment.Of(StorageAccount), account => Deployment.AssertIs(account, "networkAcls.defaultAction", "\"Deny\""));
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

    [Theory, MemberData(nameof(Sizes))]
    public void No_diagnostic_names_the_recipients_of_mails(string size) =>
        Assert.DoesNotContain("EmailStatusUpdateOperational", Deployment.Predicted(size).Text, StringComparison.Ordinal);

    [Theory, MemberData(nameof(Sizes))]
    public void Every_role_is_one_of_the_list_on_one_resource_and_for_the_app(string size)
    {
        string[] expected =
        [
            "blobServices/default/containers/documents: ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "blobServices/default/containers/training: 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "communicationServices/acs: 09976791-48a7-449e-bb21-39d1a415f350",
            "components/appi: 3913510d-42f4-4e42-8a64-420c390055eb",
            "storageAccounts/stdata: 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            "storageAccounts/sthost: 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            "storageAccounts/sthost: b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
            "vaults/kv: 4633458b-17de-408a-b874-0445c86b69e6",
        ];

        var roles = Deployment.Predicted(size).Of("Microsoft.Authorization/roleAssignments").Select(Describe).Order(StringComparer.Ordinal);

        Assert.Equal(expected, roles);
    }

    [Fact]
    public async Task No_template_asks_for_a_key_and_no_output_gives_one()
    {
        var result = await Tool.BicepAsync("build", "main.bicep", "--stdout");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotMatch(AsksForAKey(), result.Output);
        var outputs = JsonNode.Parse(result.Output)!["outputs"]!.AsObject();
        Assert.Equal(
            ["APP_HOST", "APP_NAME", "MAIL_DNS_RECORDS", "MAIL_SENDER", "SITE_HOST", "SITE_ORIGIN", "VAULT_NAME"],
            outputs.Select(output => output.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secrets/", outputs.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Describe(JsonNode role)
    {
        var scope = Deployment.Id(role)[..Deployment.Id(role).IndexOf("/providers/Microsoft.Authorization", StringComparison.Ordinal)];
        var parts = scope.Split('/');
        var resource = parts.Length > 9 ? string.Join('/', parts[9..]) : $"{parts[^2]}/{Token().Replace(parts[^1], "")}";
        var definition = role["properties"]!["roleDefinitionId"]!.GetValue<string>().Split('/')[^1];
        Assert.Contains("userAssignedIdentities/id-", role["properties"]!["principalId"]!.ToJsonString(), StringComparison.Ordinal);
        return $"{resource}: {definition}";
    }

    [GeneratedRegex("-?[a-z0-9]{13}$")]
    private static partial Regex Token();

    [GeneratedRegex("list[A-Za-z]*(Keys|Secrets|Sas)\\(|AccountKey=|SharedAccessSignature|accesskey=", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForAKey();
}
