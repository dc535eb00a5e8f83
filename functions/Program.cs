using System.Runtime.CompilerServices;
using VoucherFunctions.Hosting;
using VoucherFunctions.Hosting.Worker;

// Compiled ahead of time the app is a custom handler, otherwise an isolated worker. The compiler drops the other head.
var builder = Server.CreateBuilder();
if (RuntimeFeature.IsDynamicCodeSupported)
{
    builder.UseIsolatedWorker(args);
}
else
{
    builder.UseCustomHandler();
}
builder.Services.AddVoucherPlatform(builder.Configuration);

var app = builder.Build();
if (RuntimeFeature.IsDynamicCodeSupported)
{
    app.UseInvocations();
    app.UseVoucherPlatform();
    return await app.RunWorkerAsync();
}
app.UseVoucherPlatform();
if (args is ["--write-functions", { } folder])
{
    await FunctionFiles.WriteAsync(app, folder);
    return 0;
}
app.MapTimers();
return await app.RunHandlerAsync();
