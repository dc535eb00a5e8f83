namespace VoucherFunctions.Infra.Tests;

/// <summary>The Bicep files in a folder of their own, to be changed there; gone at the end.</summary>
public sealed class Copy : IDisposable
{
    public static readonly IReadOnlyList<string> Files =
    [
        .. Directory.GetFiles(Tool.Infra, "*.bicep*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Tool.Infra, file)).Order(StringComparer.Ordinal),
    ];

    public Copy()
    {
        foreach (var file in Directory.GetFiles(Tool.Infra, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Tool.Infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Replaces the one place where a file has this text.</summary>
    public void Change(string file, string text, string replacement)
    {
        var path = Path.Combine(Folder, file);
        var parts = File.ReadAllText(path).Split(text);
        Assert.True(parts.Length == 2, $"{file} has this {parts.Length - 1} times: {text}");
        File.WriteAllText(path, string.Join(replacement, parts));
    }

    /// <summary>Predicts the deployment anew.</summary>
    public async Task<Deployment> PredictAsync(string example)
    {
        var result = await Tool.BicepInAsync(
            Folder,
            "snapshot",
            $"main.{example}.bicepparam",
            "--mode",
            "overwrite",
            "--subscription-id",
            Guid.Empty.ToString(),
            "--resource-group",
            "vouchers",
            "--location",
            "switzerlandnorth");
        Assert.True(result.ExitCode == 0, result.ToString());
        return Deployment.Predicted(Folder, example);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("bicep-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
