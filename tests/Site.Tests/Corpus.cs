using System.Text.RegularExpressions;

namespace SiteTests;

/// <summary>The files of tests/Functions.Tests/Field: input, expected output, and where such inputs come from.</summary>
public static class Corpus
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
