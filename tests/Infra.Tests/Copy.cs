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

    public string Folder { get; } = Directory.CreateTempSubdirectory("bicep-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
