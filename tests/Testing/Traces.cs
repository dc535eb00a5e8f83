using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using Xunit;

namespace VoucherFunctions.Testing;

/// <summary>
/// What would give a person away in a dump of the tables: the name, the addresses in clear, in bytes and in base64, and their keyed hashes as the app makes them.
/// </summary>
public sealed class Traces
{
    private readonly TestApp _app;
    private readonly List<string> _marks = [];

    private Traces(TestApp app) => _app = app;

    public static Traces Of(TestApp app, string name, params IEnumerable<string> emails)
    {
        var traces = new Traces(app);
        foreach (var text in emails.Append(name))
        {
            traces._marks.AddRange([text, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)), Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=')]);
        }
        foreach (var email in emails)
        {
            Assert.True(EmailAddress.TryParse(email, out var address));
            traces._marks.AddRange(EmailHash.Of(address, app.Services.GetRequiredService<HashingKeys>()).Claims);
        }
        return traces;
    }

    /// <summary>The rows of all tables that hold a trace.</summary>
    public async Task<IReadOnlyList<string>> FindAsync() =>
        [.. (await _app.DumpAsync()).Where(line => _marks.Exists(mark => line.Contains(mark, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Guards a test against searching for the wrong thing: there is something to find before it must be gone.</summary>
    public async Task AssertThereAsync() => Assert.NotEmpty(await FindAsync());

    public async Task AssertGoneAsync()
    {
        var found = await FindAsync();
        Assert.True(found.Count == 0, $"Still there:\n{string.Join('\n', found)}");
    }
}
