using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VoucherFunctions.Domain.Unicode;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>The normal forms of the app are those of Unicode: compared with the ICU of Node.</summary>
public sealed class NormalFormTests
{
    /// <summary>Every character alone, between a letter and marks, and many marks in a random order.</summary>
    [Fact]
    public async Task Every_character_has_the_normal_forms_of_Unicode()
    {
        var texts = Texts().ToList();

        var expected = await NormalizeByNodeAsync(texts);

        var wrong = texts.Zip(expected).Where(pair => pair.Second is not null
            && (pair.Second[0] != NormalForms.Composed(pair.First) || pair.Second[1] != NormalForms.Decomposed(pair.First) || pair.Second[2] != NormalForms.Compatible(pair.First)));
        Assert.Empty(wrong.Select(pair => string.Join(' ', pair.First.EnumerateRunes().Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)))));
        Assert.True(expected.Count(forms => forms is not null) > 290_000);
    }

    [Fact]
    public void A_long_row_of_marks_takes_no_long_time()
    {
        var marks = new string('\u0301', 50_000) + new string('\u0323', 50_000);

        Assert.Equal(new string('\u0323', 50_000) + new string('\u0301', 50_000), NormalForms.Decomposed(marks));
    }

    private static IEnumerable<string> Texts()
    {
        var random = new Random(1);
        var marks = new List<Rune>();
        for (var value = 1; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value) || Rune.GetUnicodeCategory(new Rune(value)) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            {
                continue;
            }
            var rune = new Rune(value);
            yield return rune.ToString();
            yield return $"e{rune}\u0301\u0323";
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                marks.Add(rune);
            }
        }
        for (var i = 0; i < 5_000; i++)
        {
            yield return "ạ\u1100" + string.Concat(random.GetItems(marks.ToArray(), 5)) + "\u1161\u11A8ｶﾞ";
        }
    }

    /// <summary>NFC, NFD and NFKC; null when this Node is too old for the characters.</summary>
    private static async Task<string[]?[]> NormalizeByNodeAsync(IReadOnlyList<string> texts)
    {
        const string Script =
            """
            let input = '';
            process.stdin.on('data', chunk => input += chunk).on('end', () => process.stdout.write(JSON.stringify(JSON.parse(input).map(text =>
              /\p{Cn}/u.test(text) ? null : [text.normalize('NFC'), text.normalize('NFD'), text.normalize('NFKC')]))));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var output = JsonSerializer.DeserializeAsync<string[]?[]>(node.StandardOutput.BaseStream, cancellationToken: TestContext.Current.CancellationToken);
        await JsonSerializer.SerializeAsync(node.StandardInput.BaseStream, texts, cancellationToken: TestContext.Current.CancellationToken);
        node.StandardInput.Close();
        return (await output)!;
    }
}
