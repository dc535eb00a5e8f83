using VoucherFunctions.Testing;

namespace VoucherFunctions.Infra.Tests;

/// <summary><c>azd up</c>, <c>azd package</c> and <c>azd deploy</c> without azd and Azure: what azd reads, and the commands that it runs on this machine.</summary>
public sealed class AzdTests : IDisposable
{
    private static readonly string Yaml = File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml"));

    /// <summary>Text of azure.yaml, what stands in its place, and the problem that must be found.</summary>
    public static readonly TheoryData<string, string, string> Breaks = new()
    {
        { ">= 1.25.6", ">= 1.20.0", "azd >= 1.20.0 is not enough, >= 1.25.6 is needed." },
        { "module: main", "module: start", "infra: there is no infra/start.bicep." },
        { "run: ./infra/keys.sh", "run: ./infra/key.sh", "postprovision: there is no script ./infra/key.sh." },
        { "run: ./infra/keys.sh", "run: ./infra/main.bicep", "postprovision: ./infra/main.bicep is not executable." },
        { "language: dotnet", "language: custom", "api: azd has the language custom as an alpha feature or not at all." },
        { "    language: dotnet\n", "", "api: without a language azd has nothing to deploy to a function." },
        { "project: infra/azd", "project: infra/nowhere", "api: there is no folder infra/nowhere." },
        { "project: infra/azd", "project: infra/queries", "api: infra/queries has 0 .NET projects, not 1." },
        { "project: infra/azd", "project: tests/Infra.Tests", "api: azd would write a UserSecretsId into tests/Infra.Tests/Infra.Tests.csproj." },
        { "host: function", "host: appservice", "api: appservice is no host of this project." },
        { "  api:", "  app:", "app: 0 resources of Microsoft.Web/sites have the tag azd-service-name app, not 1." },
        { "  api:", "  app:", "No service is called api, as a tag azd-service-name says." },
        { "project: site", "project: .", "site: azd does not deploy the root of the project to a Static Web App." },
        { "dist: .", "dist: build", "site: there is no index.html in site/build." },
        { "      - azd: package api\n", "", "azd up does not package the app before it provisions." },
        { "      - azd: provision\n", "", "azd up does not provision." },
        { "--from-package dist.zip", "--from-package app.zip", "azd up does not deploy dist.zip, the package of publish.sh." },
        { "      - azd: deploy site\n", "", "site: azd up deploys it 0 times, not once." },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("azd-").FullName;

    [Theory, MemberData(nameof(Deployment.Examples), MemberType = typeof(Deployment))]
    public void Everything_that_azd_is_told_of_is_there(string example) =>
        Assert.Empty(AzdProject.ProblemsOf(Repository.Root, Yaml, Deployment.Predicted(example)));

    [Theory, MemberData(nameof(Breaks))]
    public void A_mistake_in_the_project_of_azd_is_found(string text, string broken, string problem)
    {
        Assert.Equal(2, Yaml.Split(text).Length);

        var problems = AzdProject.ProblemsOf(Repository.Root, Yaml.Replace(text, broken, StringComparison.Ordinal), Deployment.Predicted("small"));

        Assert.Contains(problem, problems);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("worker", "")]
    [InlineData("native", "--native")]
    public async Task Azd_packages_the_files_that_publish_makes_for_the_mode_of_hosting(string hosting, string options)
    {
        CopyProject();

        var result = await RunAsync($"VOUCHER_HOSTING='{hosting}' dotnet publish infra/azd/Api.proj -c Release --output out");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal([".azurefunctions/metadata", "app", "options"], FilesIn("out"));
        Assert.Equal(options, (await File.ReadAllTextAsync(Path.Combine(_folder, "out", "options"), TestContext.Current.CancellationToken)).Trim());
        Assert.True(File.GetUnixFileMode(Path.Combine(_folder, "out", "app")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_failed_publish_fails_the_package()
    {
        CopyProject();
        await File.WriteAllTextAsync(Path.Combine(_folder, "publish.sh"), "#!/bin/sh\nexit 3\n", TestContext.Current.CancellationToken);

        var result = await RunAsync("dotnet publish infra/azd/Api.proj -c Release --output out");

        Assert.NotEqual(0, result.ExitCode);
    }

    /// <summary>azd runs both for every .NET service, in "azd provision" too; a failure would end it.</summary>
    [Fact]
    public async Task Azd_can_set_user_secrets_and_leaves_the_project_as_it_is()
    {
        CopyProject();

        var result = await RunAsync("dotnet user-secrets init --project infra/azd/Api.proj && echo '{\"APP_NAME\":\"func\"}' | dotnet user-secrets set --project infra/azd");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(File.ReadAllText(Path.Combine(Tool.Infra, "azd", "Api.proj")), File.ReadAllText(Path.Combine(_folder, "infra", "azd", "Api.proj")));
        Assert.Equal(["Api.proj"], FilesIn("infra/azd"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>azd's project in a folder of its own, with a publish.sh that writes its options and a few files of all kinds.</summary>
    private void CopyProject()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "infra", "azd"));
        File.Copy(Path.Combine(Tool.Infra, "azd", "Api.proj"), Path.Combine(_folder, "infra", "azd", "Api.proj"));
        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(_folder, "global.json"));
        var script = Path.Combine(_folder, "publish.sh");
        File.WriteAllText(script, """
            #!/bin/sh
            mkdir -p dist/.azurefunctions
            echo "$*" >dist/options
            touch dist/.azurefunctions/metadata dist/app
            chmod +x dist/app
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>In the folder; user secrets go there too (dotnet finds their place by APPDATA).</summary>
    private Task<ToolResult> RunAsync(string command) => Tool.RunAsync("bash", _folder, "-c", $"export APPDATA='{_folder}/secrets'; {command}");

    private IEnumerable<string> FilesIn(string folder) => Directory.GetFiles(Path.Combine(_folder, folder), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(_folder, folder), file)).Order(StringComparer.Ordinal);
}
