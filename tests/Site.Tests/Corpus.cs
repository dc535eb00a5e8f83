using System.Text.RegularExpressions;

namespace SiteTests;

/// <summary>What people in the field send and read, as tests/Functions.Tests/Field keeps it: input, expected, and where such things come from.</summary>
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
