using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace VoucherFunctions.Infra.Tests;

/// <summary>
/// <c>azure.yaml</c> as azd reads it, without azd and without Azure: everything that it names is there, and azd can handle it without an alpha feature.
/// From azd's source, github.com/Azure/azure-dev, at 1.25.6 (12 June 2026) and at ae35809f (21 August 2026).
/// </summary>
internal sealed partial class AzdProject
{
    /// <summary>Before it the deployment of a Static Web App failed: https://github.com/Azure/azure-dev/pull/8588.</summary>
    private static readonly Version Oldest = new(1, 25, 6);

    /// <summary>The hosts of this project, each with the resource that azd looks for.</summary>
    private static readonly Dictionary<string, string> Hosts = new()
    {
        ["function"] = "Microsoft.Web/sites",
        ["staticwebapp"] = "Microsoft.Web/staticSites",
    };

    /// <summary>cli/azd/pkg/project/framework_service.go; <c>custom</c> is not here, as cli/azd/cmd/container.go refuses it unless alpha.language.custom is on.</summary>
    private static readonly HashSet<string> Languages = ["dotnet", "csharp", "fsharp", "py", "python", "js", "ts", "java", "go", "golang", "docker"];

    private readonly string _root;
    private readonly YamlMappingNode _project;
    private readonly List<string> _problems = [];

    private AzdProject(string root, string yaml)
    {
        _root = root;
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        _project = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>Everything that azd would stumble over, a line each.</summary>
    public static IReadOnlyList<string> ProblemsOf(string root, string yaml, Deployment deployment)
    {
        var project = new AzdProject(root, yaml);
        project.CheckVersion();
        project.CheckInfrastructure();
        project.CheckHooks(project._project, root);
        project.CheckServices(deployment);
        project.CheckUp();
        return project._problems;
    }

    private Dictionary<string, YamlMappingNode> Services => Map(_project, "services").Children.ToDictionary(
        service => Text(service.Key)!, service => (YamlMappingNode)service.Value);

    private void CheckVersion()
    {
        var range = Text(Map(_project, "requiredVersions"), "azd") ?? "";
        var version = VersionRange().Match(range);
        Require(version.Success && Version.Parse(version.Groups[1].Value) >= Oldest, $"azd {range} is not enough, >= {Oldest} is needed.");
    }

    private void CheckInfrastructure()
    {
        var infra = Map(_project, "infra");
        foreach (var extension in new[] { "bicep", "bicepparam" })
        {
            RequireFile($"{Text(infra, "path")}/{Text(infra, "module")}.{extension}", "infra");
        }
    }

    /// <summary>A hook runs in the folder that it belongs to; on Linux azd executes the file, so it must be executable.</summary>
    private void CheckHooks(YamlMappingNode owner, string folder)
    {
        foreach (var (name, hook) in Map(owner, "hooks").Children)
        {
            var script = Text((YamlMappingNode)hook, "run") ?? "";
            var file = Path.Combine(folder, script);
            Require(File.Exists(file), $"{Text(name)}: there is no script {script}.");
            Require(!File.Exists(file) || File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), $"{Text(name)}: {script} is not executable.");
        }
    }

    private void CheckServices(Deployment deployment)
    {
        foreach (var (name, service) in Services)
        {
            var relative = Text(service, "project") ?? "";
            var folder = Path.Combine(_root, relative);
            if (!Require(Directory.Exists(folder), $"{name}: there is no folder {relative}."))
            {
                continue;
            }
            CheckHooks(service, folder);
            CheckLanguage(name, service, folder, relative);
            CheckHost(name, service, deployment);
        }
        var tags = deployment.Resources.Select(ServiceOf).OfType<string>();
        _problems.AddRange(tags.Where(tag => !Services.ContainsKey(tag)).Select(tag => $"No service is called {tag}, as a tag azd-service-name says."));
    }

    private void CheckLanguage(string name, YamlMappingNode service, string folder, string relative)
    {
        var language = Text(service, "language");
        if (language is null)
        {
            // The framework service "none" builds nothing; the Static Web App takes the folder in "dist", a function app finds nothing to zip.
            Require(Text(service, "host") == "staticwebapp", $"{name}: without a language azd has nothing to deploy to a {Text(service, "host")}.");
            CheckStaticFiles(name, service, folder, relative);
        }
        else if (Require(Languages.Contains(language), $"{name}: azd has the language {language} as an alpha feature or not at all.") && language is "dotnet" or "csharp" or "fsharp")
        {
            CheckDotNet(name, folder, relative);
        }
    }

    private void CheckStaticFiles(string name, YamlMappingNode service, string folder, string relative)
    {
        var output = $"{relative}/{Text(service, "dist")}";
        Require(File.Exists(Path.Combine(_root, output, "index.html")), $"{name}: there is no index.html in {output}.");
        Require(Path.GetFullPath(folder) != Path.GetFullPath(_root), $"{name}: azd does not deploy the root of the project to a Static Web App.");
        Require(!File.Exists(Path.Combine(folder, "swa-cli.config.json")), $"{name}: with swa-cli.config.json azd would build.");
    }

    private void CheckDotNet(string name, string folder, string relative)
    {
        var projects = Directory.GetFiles(folder, "*.*proj");
        if (Require(projects.Length == 1, $"{name}: {relative} has {projects.Length} .NET projects, not 1."))
        {
            var hasId = XDocument.Load(projects[0]).Descendants("UserSecretsId").Any();
            Require(hasId, $"{name}: azd would write a UserSecretsId into {relative}/{Path.GetFileName(projects[0])}.");
        }
    }

    private void CheckHost(string name, YamlMappingNode service, Deployment deployment)
    {
        var host = Text(service, "host") ?? "";
        if (Require(Hosts.TryGetValue(host, out var type), $"{name}: {host} is no host of this project."))
        {
            var count = deployment.Of(type!).Count(resource => ServiceOf(resource) == name);
            Require(count == 1, $"{name}: {count} resources of {type} have the tag azd-service-name {name}, not 1.");
        }
    }

    /// <summary>The package is made before anything is created, and every service is deployed once after it; the app as the zip that publish.sh made.</summary>
    private void CheckUp()
    {
        var steps = ((YamlSequenceNode)Map(_project, "workflows")["up"]["steps"]).Select(step => Text((YamlMappingNode)step, "azd")!).ToList();
        var provision = steps.IndexOf("provision");
        foreach (var name in Services.Keys)
        {
            var deploys = steps.Where(step => step.Split(' ') is ["deploy", { } service, ..] && service == name).ToList();
            Require(deploys.Count == 1, $"{name}: azd up deploys it {deploys.Count} times, not once.");
            Require(deploys.All(step => steps.IndexOf(step) > provision), $"{name}: azd up deploys it before it provisions.");
        }
        Require(provision >= 0, "azd up does not provision.");
        Require(steps.IndexOf("package api") is var package && package >= 0 && package < provision, "azd up does not package the app before it provisions.");
        Require(steps.Contains("deploy api --from-package dist.zip"), "azd up does not deploy dist.zip, the package of publish.sh.");
    }

    private void RequireFile(string file, string reader) => Require(File.Exists(Path.Combine(_root, file)), $"{reader}: there is no {file}.");

    private bool Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
        return holds;
    }

    private static string? ServiceOf(System.Text.Json.Nodes.JsonNode resource) => resource["tags"]?["azd-service-name"]?.GetValue<string>();

    private static YamlMappingNode Map(YamlMappingNode parent, string name) =>
        parent.Children.TryGetValue(name, out var child) ? (YamlMappingNode)child : [];

    private static string? Text(YamlMappingNode parent, string name) => parent.Children.TryGetValue(name, out var child) ? Text(child) : null;

    private static string? Text(YamlNode node) => (node as YamlScalarNode)?.Value;

    [GeneratedRegex("^>= ([0-9]+\\.[0-9]+\\.[0-9]+)$")]
    private static partial Regex VersionRange();
}
