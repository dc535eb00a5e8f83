using System.Reflection;
using System.Text.Json.Nodes;
using VoucherFunctions.Settings;
using VoucherFunctions.Storage;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary>What the code reads, what Azure sets, and what the sample shows are the same.</summary>
public sealed class SettingsTests
{
    /// <summary>Options that Azure does not set, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotInAzure = new()
    {
        ["Storage__ConnectionString"] = "holds a key; in Azure the managed identity is used",
        ["Storage__TablePrefix"] = "every environment has an account of its own",
        ["Mail__ConnectionString"] = "holds a key; in Azure the managed identity is used",
        ["Mail__Smtp"] = "mail leaves by Azure Communication Services",
        [TelemetryOptions.OtlpEndpoint] = "the Functions host would heed it too, and send whole URLs",
    };

    /// <summary>Settings that are not the app's, each with who reads it.</summary>
    private static readonly Dictionary<string, string> OfThePlatform = new()
    {
        ["AzureWebJobsStorage__accountName"] = "the Functions host",
        ["AzureWebJobsStorage__credential"] = "the Functions host",
        ["AzureWebJobsStorage__clientId"] = "the Functions host",
    };

    private static readonly string[] OfTheTools = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];

    public static readonly TheoryData<string> Examples = Deployment.Examples;

    [Theory, MemberData(nameof(Examples))]
    public void Azure_sets_what_the_code_reads_and_nothing_else(string example) => CheckSettings(Deployment.Predicted(example));

    [Fact]
    public void The_sample_shows_what_the_code_reads_and_nothing_else()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")))!["Values"]!.AsObject();

        Rules.AssertSame("The code", Options().Concat(OfTheTools), "local.settings.sample.json", sample.Select(value => value.Key));
    }

    [Fact]
    public void Every_exception_is_an_option_of_the_code() => Assert.Subset(Options().ToHashSet(), NotInAzure.Keys.ToHashSet());

    [Theory, MemberData(nameof(Examples))]
    public void Secrets_are_references_to_the_vault(string example) => CheckSecrets(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Azure_creates_the_tables_that_the_code_uses(string example) => CheckTables(Deployment.Predicted(example));

    [Theory, MemberData(nameof(Examples))]
    public void Azure_creates_the_containers_that_the_code_uses_and_nobody_can_read_them_from_outside(string example)
    {
        var containers = Deployment.Predicted(example).Of("Microsoft.Storage/storageAccounts/blobServices/containers")
            .Where(container => !Deployment.Name(container).Contains("deployment", StringComparison.Ordinal)).ToList();

        Rules.AssertSame("The code", StorageBlobs.Names, "infra/modules/dataStorage.bicep", containers.Select(container => Deployment.Name(container).Split('/')[^1]));
        Assert.All(containers, container => Assert.Equal("None", container["properties"]!["publicAccess"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_parameter_file_of_azd_gives_every_parameter()
    {
        var template = await Tool.BicepAsync("build", "main.bicep", "--stdout");
        var built = await Tool.BicepAsync("build-params", "main.bicepparam", "--stdout");

        Assert.True(built.ExitCode == 0, built.ToString());
        var given = JsonNode.Parse(JsonNode.Parse(built.Output)!["parametersJson"]!.GetValue<string>())!["parameters"]!.AsObject();
        var wanted = JsonNode.Parse(template.Output)!["parameters"]!.AsObject();
        Rules.AssertSame("main.bicep", wanted.Select(parameter => parameter.Key), "main.bicepparam", given.Select(parameter => parameter.Key));
    }

    internal static void CheckSettings(Deployment deployment) => Rules.AssertSame(
        "The code", Options().Except(NotInAzure.Keys).Concat(OfThePlatform.Keys), "infra/modules/settings.bicep", deployment.Settings().Keys);

    internal static void CheckSecrets(Deployment deployment)
    {
        var settings = deployment.Settings();

        Assert.All(["Keys__Hashing", "Keys__Encryption", "Admin__KeyHashes"], name => Assert.True(
            settings[name].Contains("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal), $"{name} is no reference to the vault."));
    }

    internal static void CheckTables(Deployment deployment) => Rules.AssertSame(
        "The code",
        StorageTables.Names,
        "infra/modules/dataStorage.bicep",
        deployment.Of("Microsoft.Storage/storageAccounts/tableServices/tables").Select(table => Deployment.Name(table).Split('/')[^1]));

    /// <summary><c>Section__Property</c> of every class with a section in the app, and the one setting whose name is not ours.</summary>
    private static IEnumerable<string> Options() =>
        (from type in typeof(SiteOptions).Assembly.GetTypes()
         let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
         where section is not null
         from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
         where property.CanWrite
         select $"{section}__{property.Name}").Append(TelemetryOptions.OtlpEndpoint);
}
