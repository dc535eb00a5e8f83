using System.Reflection;

namespace SiteTests;

/// <summary>Where the sources and built programs are.</summary>
public static class Repository
{
    public static string Root { get; } = Metadata("Repository");

    public static string Site { get; } = Path.Combine(Root, "site");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string[] Pages { get; } = [.. Directory.GetFiles(Site, "*.html")];

    /// <summary>The site's own sources, without what it takes unchanged from a package and the page that is generated.</summary>
    public static string[] Sources { get; } =
        [.. Directory.GetFiles(Site, "*", SearchOption.AllDirectories).Where(file =>
            !file.Contains("/vendor/", StringComparison.Ordinal) && !file.EndsWith("/reference/index.html", StringComparison.Ordinal))];

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
