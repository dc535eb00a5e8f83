using CsCheck;
using VoucherFunctions.Fuzzing;
using Xunit;

namespace VoucherFunctions.Tests.Fuzzing;

/// <summary>What people can send, beyond what people would: the inputs that <c>verification/Fuzzing</c> has kept, and others made from them.</summary>
public sealed class ParserTests
{
    public static TheoryData<string> Parsers => [.. Parser.All.Select(parser => parser.Name)];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void What_fuzzing_found_worth_keeping_breaks_no_promise(string name)
    {
        var kept = Kept(name);

        Assert.NotEmpty(kept);
        Assert.All(kept, input => Named(name).Check(input));
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void What_is_made_from_it_by_a_few_changes_breaks_none_either(string name)
    {
        var parser = Named(name);
        var kept = Kept(name);
        var change = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 4], Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(i => Telling[i])));

        Gen.Select(Gen.Int[0, kept.Count - 1], Gen.Int[0, kept.Count - 1], change.Array[1, 8]).Sample(
            (one, other, changes) => parser.Check(changes.Aggregate(kept[one], (input, how) => Changed(input, kept[other], how.Item1, how.Item2, how.Item3))),
            iter: 3000);
    }

    /// <summary>Bytes that mean something to one parser or another.</summary>
    private static byte[] Telling => [.. "\0\r\n\t \"'\\/%.,;:=+-@|<>(){}[]?#&~A0Z"u8, 0x7F, 0x80, 0xC0, 0xED, 0xFF];

    private static Parser Named(string name) => Parser.All.Single(parser => parser.Name == name);

    private static List<byte[]> Kept(string name) => [.. Directory.GetFiles(Corpus.FolderOf(name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static byte[] Changed(byte[] input, byte[] other, int place, int kind, byte value)
    {
        var at = input.Length == 0 ? 0 : place % input.Length;
        return kind switch
        {
            0 => [.. input[..at], value, .. input[at..]],
            1 when input.Length > 0 => [.. input[..at], value, .. input[(at + 1)..]],
            2 when input.Length > 0 => [.. input[..at], .. input[(at + 1)..]],
            3 => [.. input[..at], .. other[(other.Length == 0 ? 0 : place % other.Length)..]],
            _ => [.. input, .. input[at..]],
        };
    }
}
