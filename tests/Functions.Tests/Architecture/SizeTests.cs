using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Architecture;

/// <summary>Files and methods of the domain and the app stay short enough to be read at once.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 250;
    private const int MedianFile = 60;
    private const int LongestMethod = 40;

    private static readonly string[] Folders = ["domain", "functions"];

    private static readonly IReadOnlyList<SyntaxTree> Files =
    [
        .. from folder in Folders
           from file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
           where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
           select CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(Repository.Root, file)),
    ];

    [Fact]
    public void No_file_is_longer_than_250_lines() =>
        Assert.Empty(Files.Where(file => LinesOf(file) > LongestFile).Select(file => $"{file.FilePath}, {LinesOf(file)} lines"));

    [Fact]
    public void Half_of_the_files_have_at_most_60_lines() => Assert.InRange(Files.Select(LinesOf).Order().ElementAt(Files.Count / 2), 1, MedianFile);

    [Fact]
    public void No_method_is_longer_than_40_lines()
    {
        var bodies = Files.SelectMany(file => file.GetRoot().DescendantNodes().Where(node => node
            is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null })).ToList();

        Assert.NotEmpty(bodies);
        Assert.Empty(bodies.Where(body => LinesOf(body) > LongestMethod).Select(body => $"{body.SyntaxTree.FilePath}, {LinesOf(body)} lines: {Declaration(body)}"));
    }

    /// <summary>Without the empty line that is after the last line's end.</summary>
    private static int LinesOf(SyntaxTree file) => file.GetText().Lines.Count(line => line.SpanIncludingLineBreak.Length > 0);

    /// <summary>From the line that declares it, after attributes and comments, to the one that closes it.</summary>
    private static int LinesOf(SyntaxNode body)
    {
        var lines = body.SyntaxTree.GetLineSpan(TextSpan.FromBounds(FirstToken(body).SpanStart, body.Span.End));
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }

    private static SyntaxToken FirstToken(SyntaxNode body) =>
        body.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault() is { } attributes ? attributes.GetLastToken().GetNextToken() : body.GetFirstToken();

    private static string Declaration(SyntaxNode body) => body.SyntaxTree.GetText().Lines.GetLineFromPosition(FirstToken(body).SpanStart).ToString().Trim();
}
