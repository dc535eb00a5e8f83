using VoucherFunctions.Hosting;

var builder = WebApplication.CreateSlimBuilder();
builder.UseCustomHandler();
builder.Services.AddVoucherPlatform(builder.Configuration);

var app = builder.Build();
app.UseVoucherPlatform();
app.MapTimers();
return await app.RunHandlerAsync(args);
