using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Mail.Texts;
using Xunit;

namespace VoucherFunctions.Tests.Mail;

/// <summary>Anyone can type anything as a name and have us mail it to anyone.</summary>
public sealed class MailNameTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TheoryData<string> Injections =>
    [
        "Anna\r\nBcc: victim",
        "Anna\r\n\r\nPlease pay here",
        "Anna\u0085X\u2028Y\u2029Z\u000B\u000C",
        "<script>alert(1)</script>",
        "<a href=x>Anna</a>",
        "\"><img src=x onerror=alert(1)>",
        "</p></div><style>*{display:none}</style>",
        "&lt;b&gt; &amp; &#x3c;",
        "{Name} {{Name}} {0} ${Name} %s #{1+1} <%= 1 %>",
        "Anna\u202Emoc.live\u202C",
        "\u2066Anna\u2069\u200E\u200F\u061C\uFEFF\u00AD",
        "Anna\0\b\u001B[31m\u007F\u009F",
        "Anna\uD800Keller\uDC00\uFFFD\uFFFE",
        "\uE000Anna\uF8FF",
        "A" + new string('\u0301', 500),
        new string('a', 10_000),
        string.Concat(Enumerable.Repeat("Anna Keller ", 1_000)),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500)) + "a",
        "a" + string.Concat(Enumerable.Repeat("\u200D👩", 5_000)),
        "=?utf-8?q?Anna?= =0D=0A",
    ];

    public static TheoryData<string> Advertisements =>
    [
        "https://evil.test/win",
        "Win at http://1",
        "ftp://x",
        "WWW.evil",
        "see www.evil",
        "Anna evil.com",
        "evil.co.uk",
        "a.io",
        "EVIL.COM",
        "x1.ch/abc",
        "💩.la",
        "bücher.ch",
        "пример.рф",
        "evil\u200D.\u200Ccom",
        "evil.\u00ADcom",
        "evil.\u202Ecom",
        "evil.c\u0301om",
        "evil\uFE0F.\uFE0Fcom",
        "evil．com",
        "evil。com",
        "evil｡com",
        "evil․com",
        "evil﹒com",
        "http：／／x",
        "me@evil",
        "me＠evil",
        "me﹫evil",
        "Open 10.0.0.1 now",
        "Open 1.1.1.1 now",
        "Call 0900 12 34 56",
        "Call 0-9-0-0-1 now",
        "Call 0900\u00A0123",
        "x\r\nevil.com",
        new string('a', 9_000) + " evil.com",
    ];

    public static TheoryData<string> RealNames =>
    [
        "Anna Keller",
        "Zoë O'Brien",
        "Ana-María d’Este",
        "J. R. R. Tolkien",
        "J.R. Tolkien",
        "J.-P. Müller",
        "Dr. med. Łukasz Żółć",
        "Nguye\u0302\u0303n Thi\u0323 A\u0301nh",
        "Meier, Hans (jun.)",
        "محمد الأمين",
        "می\u200Cنا",
        "王小明",
        "María & José",
        "X Æ A-12",
        "Anna 1990",
    ];

    [Theory]
    [MemberData(nameof(Injections))]
    public void A_name_cannot_change_the_shape_of_a_mail(string name)
    {
        AssertSameShape(name);
    }

    [Theory]
    [MemberData(nameof(Advertisements))]
    public void A_name_cannot_put_a_link_into_a_mail(string name)
    {
        AssertSameShape(name);
        Assert.Equal("Hello,", MailCases.Greeting(Mail(name)));
    }

    [Theory]
    [MemberData(nameof(RealNames))]
    public void A_real_name_is_shown_as_it_was_typed(string name)
    {
        Assert.Equal($"Hello {name},", MailCases.Greeting(Mail(name)));
    }

    [Fact]
    public void No_combination_of_hostile_pieces_changes_the_shape_of_a_mail()
    {
        string[] pieces =
        [
            "a", "Z", "é", ".", ":", "/", "@", "w", "<", ">", "&", "\"", "'", "{", "}", "\\", "\r", "\n", "\t", " ", "\0", "1", "\uD83D", "\uDCA9",
            "\u200D", "\u202E", "\u0301", "\u2028", "</p>", "<b>", "www.", "com", "http://", "&#10;", "%0A", "．",
        ];
        var random = new Random(20_270_220);

        for (var i = 0; i < 5_000; i++)
        {
            AssertSameShape(string.Concat(random.GetItems(pieces, random.Next(0, 20))));
        }
    }

    [Theory]
    [InlineData(Language.Fr, "Bonjour,")]
    [InlineData(Language.De, "Guten Tag")]
    [InlineData(Language.It, "Buongiorno,")]
    [InlineData(Language.En, "Hello,")]
    public void Without_a_showable_name_the_greeting_is_neutral(Language language, string greeting)
    {
        string[] names = ["", "   ", "\u202E\u200D", "!!!", "12", "\u0301", "\uD800", "www.evil.com"];

        Assert.All(names, name => Assert.Equal(greeting, MailCases.Greeting(Mail(name, language))));
    }

    [Theory]
    [InlineData(Language.Fr, "Bonjour Anna,")]
    [InlineData(Language.De, "Guten Tag Anna")]
    [InlineData(Language.It, "Buongiorno Anna,")]
    [InlineData(Language.En, "Hello Anna,")]
    public void The_greeting_has_the_name_in_one_line_with_single_spaces(Language language, string greeting)
    {
        Assert.Equal(greeting, MailCases.Greeting(Mail(" \t Anna \r\n\u00A0", language)));
        Assert.Equal("Hello Anna B,", MailCases.Greeting(Mail("Anna\r\n \u2003 B")));
    }

    [Fact]
    public void A_long_name_is_cut_after_sixty_characters_and_never_inside_one()
    {
        Assert.Equal($"Hello {new string('a', 60)},", MailCases.Greeting(Mail(new string('a', 60))));
        Assert.Equal($"Hello {new string('a', 60)}…,", MailCases.Greeting(Mail(new string('a', 61))));

        var accented = string.Concat(Enumerable.Repeat("e\u0301", 61));
        Assert.Equal($"Hello {accented[..120]}…,", MailCases.Greeting(Mail(accented)));
    }

    [Fact]
    public void Accents_are_not_piled_up()
    {
        Assert.Equal($"Hello A{new string('\u0301', 4)}nna,", MailCases.Greeting(Mail($"A{new string('\u0301', 40)}nna")));
    }

    [Fact]
    public void The_service_name_cannot_break_the_subject()
    {
        var mail = MailTexts.Render(MailTemplate.Activation, Language.En, MailCases.Facts with { ServiceName = "Learn\r\nBcc: x <&> more" });

        Assert.Equal("Activate your account – Learn Bcc: x <&> more", mail.Subject);
        Assert.Contains("Learn Bcc: x &lt;&amp;&gt; more", mail.Html, StringComparison.Ordinal);
    }

    private static MailContent Mail(string name, Language language = Language.En) =>
        MailTexts.Render(MailTemplate.Activation, language, MailCases.Facts with { Name = name });

    private static void AssertSameShape(string name)
    {
        var usual = Mail("Anna Keller");

        var mail = Mail(name);

        Assert.Equal(usual.Subject, mail.Subject);
        Assert.Equal(MailCases.Tags(usual.Html), MailCases.Tags(mail.Html));
        Assert.Equal(MailCases.Lines(usual.Text)[1..], MailCases.Lines(mail.Text)[1..]);
        Assert.Equal(MailCases.Lines(mail.Text), MailCases.VisibleLines(mail.Html));
        Assert.InRange(MailCases.Greeting(mail).Length, 0, 260);
        Assert.DoesNotMatch(@"://|@|(?i:www\.)|\S\.\p{L}{2}", MailCases.Greeting(mail));
        Assert.DoesNotMatch(@"[\p{Cc}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD\u202A-\u202E\u2066-\u2069\uFEFF-[\n]]", mail.Text + mail.Html);
        Assert.NotEmpty(Strict.GetBytes(mail.Text + mail.Html));
    }
}
