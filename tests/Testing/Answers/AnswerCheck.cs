using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Xunit;

namespace VoucherFunctions.Testing.Answers;

/// <summary>
/// Every answer of the test run is checked against <c>docs/openapi.json</c>, by a program of its own while the tests run. A deviation fails the run at its end,
/// with the test that saw it first.
/// </summary>
public sealed class AnswerCheck : IAsyncLifetime
{
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private Process? _checker;
    private Task _writing = Task.CompletedTask;
    private Task<string> _found = Task.FromResult("");

    /// <summary>That of the assembly whose tests run, if it has one.</summary>
    public static AnswerCheck? Current { get; private set; }

    public ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("WRITE_OPENAPI") == "1")
        {
            // The document is about to be written anew.
            return ValueTask.CompletedTask;
        }
        var folder = Path.Combine(Repository.Root, "tests", "contract");
        _checker = Process.Start(new ProcessStartInfo("node", ["answers.mjs", Path.Combine(Repository.Root, "docs", "openapi.json")])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _found = _checker.StandardOutput.ReadToEndAsync();
        _writing = WriteAsync(_checker.StandardInput);
        Current = this;
        return ValueTask.CompletedTask;
    }

    internal void Add(RecordedAnswer answer) => _answers.Writer.TryWrite(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));

    public async ValueTask DisposeAsync()
    {
        if (_checker is null)
        {
            return;
        }
        Current = null;
        _answers.Writer.Complete();
        await _writing;
        var found = await _found;
        await _checker.WaitForExitAsync();
        var exit = _checker.ExitCode;
        _checker.Dispose();
        Assert.True(found.Length == 0, $"Answers that docs/openapi.json does not describe:\n{found}");
        Assert.True(exit == 0, "The answers were not checked: is npm ci done in tests/contract?");
    }

    private async Task WriteAsync(StreamWriter checker)
    {
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync())
            {
                await checker.WriteLineAsync(answer);
            }
            checker.Close();
        }
        catch (IOException)
        {
            // It has ended, which its exit code tells.
        }
    }
}
