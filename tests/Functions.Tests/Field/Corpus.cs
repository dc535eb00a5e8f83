using System.Text.RegularExpressions;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>
/// Inputs and outputs from the field, one file a kind: <c>input TAB expected TAB where such things come from</c>. A line that begins with # is a comment; <c>\u0301</c> is a
/// character that an editor would not show or would change.
/// </summary>
internal static class Corpus
{
    public static TheoryData<string, string> Read(string file)
    {
        var lines = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Functions.Tests", "Field", file)).Where(line => !line.StartsWith('#')))
        {
            var cells = line.Split('\t');
            Assert.True(cells is [_, _, { Length: > 0 }], $"{file}: a line is not input, expected and origin: {line}");
            lines.Add(Regex.Unescape(cells[0]), Regex.Unescape(cells[1]));
        }
        return lines;
    }
}
