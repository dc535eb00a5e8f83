using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

// ASP.NET Core Identity as its documentation begins: API endpoints over EF Core and SQLite, everything else at its default.
// With --create it only makes the database, which is no part of a start.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorization();
builder.Services.AddDbContext<IdentityDbContext>(options => options.UseSqlite(builder.Configuration["Database"]));
builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<IdentityDbContext>();

var app = builder.Build();
if (args.Contains("--create"))
{
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().Database.EnsureCreatedAsync();
    return;
}
app.MapIdentityApi<IdentityUser>();
await app.RunAsync();
