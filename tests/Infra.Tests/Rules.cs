using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VoucherFunctions.Infra.Tests;

/// <summary>The rules of <see cref="SecurityTests"/>, of any deployment: <see cref="BreakTests"/> sees each of them broken.</summary>
internal static partial class Rules
{
    public const string StorageAccount = "Microsoft.Storage/storageAccounts";

    public static void NoSharedKeys(Deployment deployment)
    {
        var accounts = deployment.Of(StorageAccount).ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account => Deployment.AssertIs(account, "allowSharedKeyAccess", "false"));
    }

    public static void NoPublicBlobs(Deployment deployment)
    {
        Assert.All(deployment.Of(StorageAccount), account => Deployment.AssertIs(account, "allowBlobPublicAccess", "false"));
        Assert.All(deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), container =>
            Deployment.AssertIs(container, "publicAccess", "\"None\""));
    }

    public static void NoOldTls(Deployment deployment)
    {
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

    public static void IdentitiesOnly(Deployment deployment)
    {
        Deployment.AssertIs(deployment.Only("Microsoft.Communication/communicationServices"), "disableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.Insights/components"), "DisableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.OperationalInsights/workspaces"), "features.disableLocalAuth", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.KeyVault/vaults"), "enableRbacAuthorization", "true");
        Deployment.AssertIs(deployment.Only("Microsoft.Web/sites"), "functionAppConfig.deployment.storage.authentication.type", "\"UserAssignedIdentity\"");
        Assert.Equal("managedidentity", deployment.Settings()["AzureWebJobsStorage__credential"]);
    }

    public static void NoPasswords(Deployment deployment)
    {
        var policies = deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();

        Assert.Equal(["ftp", "scm"], policies.Select(policy => Deployment.Name(policy).Split('/')[^1]).Order());
        Assert.All(policies, policy => Deployment.AssertIs(policy, "allow", "false"));
        Deployment.AssertIs(deployment.Only("Microsoft.Web/sites"), "siteConfig.ftpsState", "\"Disabled\"");
    }

    public static void NoPurge(Deployment deployment)
    {
        var vault = deployment.Only("Microsoft.KeyVault/vaults");

        Deployment.AssertIs(vault, "enablePurgeProtection", "true");
        Deployment.AssertIs(vault, "softDeleteRetentionInDays", "90");
    }

    public static void NothingOutlivesDeletion(Deployment deployment)
    {
        var account = Assert.Single(deployment.Of(StorageAccount), resource => Deployment.Name(resource).StartsWith("stdata", StringComparison.Ordinal));
        var blobs = Assert.Single(deployment.Of("Microsoft.Storage/storageAccounts/blobServices"), resource => Deployment.Name(resource).StartsWith("stdata", StringComparison.Ordinal));

        Assert.Equal("Standard_ZRS", account["sku"]!["name"]!.GetValue<string>());
        Deployment.AssertIs(blobs, "isVersioningEnabled", "false");
        Assert.InRange(blobs["properties"]!["deleteRetentionPolicy"]!["days"]!.GetValue<int>(), 1, 7);
        Assert.InRange(blobs["properties"]!["containerDeleteRetentionPolicy"]!["days"]!.GetValue<int>(), 1, 7);
    }

    public static void NoRecipientsInLogs(Deployment deployment) =>
        Assert.DoesNotContain("EmailStatusUpdateOperational", deployment.Text, StringComparison.Ordinal);

    public static void RolesOfTheList(Deployment deployment)
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

        var roles = deployment.Of("Microsoft.Authorization/roleAssignments").Select(Describe).ToList();

        AssertSame("The list of roles", expected, "infra/modules/roles.bicep", roles);
        Assert.Equal(expected.Length, roles.Count);
    }

    public static void RunsTheWorker(Deployment deployment) => Runs(deployment, "dotnet-isolated", "10.0");

    public static void RunsTheNativeHandler(Deployment deployment) => Runs(deployment, "custom", "1.0");

    /// <summary>Flex Consumption has the runtime in functionAppConfig: https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations</summary>
    public static void NoRuntimeSetting(Deployment deployment) => Assert.All(
        deployment.Settings().Keys,
        name => Assert.False(name.StartsWith("FUNCTIONS_", StringComparison.Ordinal), $"infra/modules/settings.bicep sets {name}."));

    public static void AssertSame(string reader, IEnumerable<string> wanted, string writer, IEnumerable<string> given)
    {
        var missing = wanted.Except(given).ToList();
        var unread = given.Except(wanted).ToList();
        Assert.True(missing.Count == 0, $"{reader} wants what {writer} does not give: {string.Join(", ", missing)}.");
        Assert.True(unread.Count == 0, $"{writer} gives what {reader} does not want: {string.Join(", ", unread)}.");
    }

    private static void Runs(Deployment deployment, string name, string version)
    {
        var app = deployment.Only("Microsoft.Web/sites");

        Deployment.AssertIs(app, "functionAppConfig.runtime.name", $"\"{name}\"");
        Deployment.AssertIs(app, "functionAppConfig.runtime.version", $"\"{version}\"");
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
}
