using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using VoucherFunctions.Hosting;
using VoucherFunctions.Local;
using VoucherFunctions.Mail;
using VoucherFunctions.Storage;

var settings = LocalSettings.FromEnvironment();
await using var azurite = settings.Storage is null ? await Azurite.StartAsync(settings.LocalFolder, settings.DataFolder, CancellationToken.None) : null;
var storage = settings.Storage ?? azurite!.ConnectionString;
var secretsFile = Path.Combine(settings.DataFolder, "secrets.json");
var secrets = LocalSecrets.Load(secretsFile);

var clock = new LocalClock();
var builder = Server.CreateBuilder();
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(settings.Port));
builder.Configuration.AddInMemoryCollection(settings.ForApp(storage, secrets));
builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock);
builder.Services.AddSingleton(new LocalMailbox(settings.SmtpSender(), clock)).AddSingleton<IMailSender>(services => services.GetRequiredService<LocalMailbox>());
builder.Services.AddVoucherPlatform(builder.Configuration);
builder.Services.AddResponseCompression();
builder.Services.AddSingleton<LocalTimers>().AddHostedService(services => services.GetRequiredService<LocalTimers>());

var app = builder.Build();
if (app.SettingsFault() is { } fault)
{
    await Console.Error.WriteLineAsync($"Cannot start: {fault}");
    return 1;
}
var tables = new TableServiceClient(storage);
var blobs = new BlobServiceClient(storage);
await Task.WhenAll(StorageTables.Names.Select(name => tables.CreateTableIfNotExistsAsync(name)));
await Task.WhenAll(StorageBlobs.Names.Select(name => blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync()));
await TrainingCourse.LoadAsync(blobs.GetBlobContainerClient("training"), settings.CourseFolder, CancellationToken.None);
secrets = await FirstIssuer.EnsureAsync(app.Services, secrets);
secrets.Save(secretsFile);
app.UseLocalSite(settings.SiteFolder);
app.UseVoucherPlatform();
app.MapLocal(secrets, tables, Path.Combine(settings.LocalFolder, "page"));
await app.StartAsync();

var address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{settings.Port}");
Console.WriteLine($"Site:       {address}/");
Console.WriteLine($"Mailbox:    {address}/local/");
Console.WriteLine($"Issuer key: {secrets.IssuerKey}");
Console.WriteLine($"Voucher:    {await FirstIssuer.IssueVoucherAsync(app.Services, secrets)}");
Console.WriteLine($"Ready: {address}");
await app.WaitForShutdownAsync();
return 0;
