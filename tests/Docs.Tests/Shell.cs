using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Docs.Tests;

/// <summary>Runs what a document says, from the repository's folder, and compares what it prints.</summary>
internal static class Shell
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every step in one shell; each must print what the document says, but for what differs from run to run.</summary>
    public static async Task AssertPrintsAsync(Walkthrough document, string address)
    {
        Assert.NotEmpty(document.Steps);
        var printed = await RunAsync(document, address);
        foreach (var (step, output) in document.Steps.Zip(printed))
        {
            var (expected, actual) = (Lines(step.Form, step.Answer, address), Lines(step.Form, output, address));
            Assert.True(expected.SequenceEqual(actual), $"Line {step.Line}: {step.Commands}\nshould print\n{string.Join('\n', expected)}\nand prints\n{string.Join('\n', actual)}\nthat is\n{output}");
        }
    }

    /// <summary>What each step printed, errors included.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(Walkthrough document, string address)
    {
        const string End = "\n--- end of the step ---\n";
        var folder = Directory.CreateTempSubdirectory("docs-tests-").FullName;
        try
        {
            var script = Path.Combine(folder, "steps.sh");
            var commands = document.Steps.Select(step => $"{step.Commands}\nprintf '%s' '{End}'\n");
            await File.WriteAllTextAsync(script, $"exec 2>&1\n{string.Concat(commands)}".Replace("http://localhost:7071", address, StringComparison.Ordinal));
            var (_, output) = await RunAsync("bash", folder, script);
            var printed = output.Split(End);
            Assert.True(printed.Length == document.Steps.Count + 1, output);
            return printed[..^1];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs a program in the repository's folder, with a folder of its own for temporary files.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string temporary, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = temporary;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>JSON documents without their white space, one a line; or the text's lines.</summary>
    private static List<string> Lines(string form, string text, string address)
    {
        var plain = Walkthrough.Normalise(text.Trim(), address);
        return form == "json" ? Documents(plain) : [.. plain.Split('\n').Select(line => line.TrimEnd())];
    }

    private static List<string> Documents(string text)
    {
        var documents = new List<string>();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                documents.Add(JsonSerializer.Serialize(JsonElement.ParseValue(ref reader), AsWritten));
            }
        }
        catch (JsonException)
        {
            documents.Add(text);
        }
        return documents;
    }
}
