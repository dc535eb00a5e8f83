using System.Globalization;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Mail;

namespace VoucherFunctions.Local;

/// <summary>What <c>./run.sh</c> takes from the environment, and what it makes of it for the app.</summary>
public sealed record LocalSettings(int Port, string? Storage, string DataFolder, Uri? Smtp, string CourseFolder, string Root)
{
    private const int DefaultPort = 7071;
    private const string Sender = "noreply@voucher.localhost.ch";

    public string LocalFolder => Path.Combine(Root, "local");

    public string SiteFolder => Path.Combine(Root, "site");

    public static LocalSettings FromEnvironment()
    {
        var root = Environment.GetEnvironmentVariable("VOUCHER_ROOT") ?? Directory.GetCurrentDirectory();
        var data = Path.GetFullPath(Variable("DATA") ?? Path.Combine(root, ".local"));
        Directory.CreateDirectory(data);
        return new LocalSettings(
            Variable("PORT") is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : DefaultPort,
            Variable("STORAGE"),
            data,
            Variable("MAIL") is { } smtp ? new Uri(smtp) : null,
            Path.GetFullPath(Variable("COURSE") ?? Path.Combine(root, "local", "course")),
            root);
    }

    /// <summary>The app's own settings, as the deployment would give them.</summary>
    public Dictionary<string, string?> ForApp(string storage, LocalSecrets secrets) => new()
    {
        ["Site:Origin"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}"),
        ["Site:AllowedOrigins"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
        ["Site:ServiceName"] = "Formation en ligne",
        ["Site:ServiceNameDe"] = "Online-Kurs",
        ["Site:ServiceNameIt"] = "Formazione online",
        ["Site:ServiceNameEn"] = "Online training",
        ["Storage:ConnectionString"] = storage,
        ["Keys:Hashing"] = secrets.Hashing,
        ["Keys:Encryption"] = secrets.Encryption,
        ["Mail:Sender"] = Sender,
        ["Mail:Smtp"] = Smtp?.ToString() ?? "smtp://localhost",
        ["Admin:KeyHashes"] = secrets.AdminKeyHash,
        ["Network:TrustedProxies"] = "0",
    };

    public SmtpMailSender? SmtpSender() => Smtp is not null && EmailAddress.TryParse(Sender, out var sender)
        ? new SmtpMailSender(Smtp, sender, replyTo: null)
        : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
