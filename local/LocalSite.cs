using System.Text.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using VoucherFunctions.Http;

namespace VoucherFunctions.Local;

/// <summary>
/// Serves the static website as Azure Static Web Apps would: <c>/activate</c> is activate.html, unknown paths are 404.html, and the headers and redirects come
/// from <c>staticwebapp.config.json</c>.
/// </summary>
public static class LocalSite
{
    /// <summary>For sites served over https only: on http://localhost it would break other local work.</summary>
    private const string HttpsOnly = "Strict-Transport-Security";

    public static void UseLocalSite(this WebApplication app, string folder)
    {
        // The default excludes /.well-known.
        var files = new PhysicalFileProvider(folder, ExclusionFilters.None);
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "staticwebapp.config.json")));
        var headers = Headers(config.RootElement);
        var redirects = Redirects(config.RootElement);
        app.UseWhen(IsOfSite, site => site.UseResponseCompression());
        app.Use(async (context, next) =>
        {
            if (!IsOfSite(context))
            {
                await next(context);
                return;
            }
            var path = context.Request.Path.Value ?? "/";
            if (redirects.TryGetValue(path, out var target))
            {
                context.Response.Redirect(target);
                return;
            }
            var file = Find(files, path);
            context.Response.StatusCode = file is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            file ??= files.GetFileInfo("404.html");
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }
            context.Response.ContentType = MediaTypes.Of(file.Name);
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await context.Response.SendFileAsync(file);
            }
        });
    }

    private static bool IsOfSite(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/local");

    private static IFileInfo? Find(PhysicalFileProvider files, string path)
    {
        string[] candidates = path.EndsWith('/') ? [$"{path}index.html"] : [path, $"{path}.html"];
        return candidates.Select(files.GetFileInfo).FirstOrDefault(file => file.Exists && !file.IsDirectory);
    }

    private static Dictionary<string, string> Headers(JsonElement config) => config.TryGetProperty("globalHeaders", out var headers)
        ? headers.EnumerateObject().Where(header => header.Name != HttpsOnly).ToDictionary(header => header.Name, header => header.Value.GetString() ?? "")
        : [];

    private static Dictionary<string, string> Redirects(JsonElement config) => config.TryGetProperty("routes", out var routes)
        ? routes.EnumerateArray().ToDictionary(route => route.GetProperty("route").GetString()!, route => route.GetProperty("redirect").GetString()!)
        : [];
}
