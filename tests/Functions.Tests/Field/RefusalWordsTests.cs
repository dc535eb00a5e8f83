using System.Text.Json;
using System.Text.RegularExpressions;
using VoucherFunctions.Domain;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Field;

/// <summary>A refused page says what the site would say.</summary>
public sealed partial class RefusalWordsTests
{
    public static TheoryData<Language, string, string, string?, string?> Sources
    {
        get
        {
            var sources = new TheoryData<Language, string, string, string?, string?>();
            foreach (var language in Enum.GetValues<Language>())
            {
                sources.Add(language, "session-required", "problem.session-required.title", "login.needed", "action.login");
                sources.Add(language, "account-expired", "problem.account-expired.title", "problem.account-expired.text", "action.newVoucher");
                sources.Add(language, "document-unknown", "problem.document-unknown.title", "problem.document-unknown.text", "nav.documents");
                sources.Add(language, "document-damaged", "problem.document-damaged.title", "problem.document-damaged.text", "nav.documents");
                // The site has a form to send again where the page has a link: the name of the link is the page's own.
                sources.Add(language, "too-many-attempts", "problem.too-many-attempts.title", "problem.too-many-attempts.text", null);
                sources.Add(language, "key-missing", "problem.key-missing.title", "problem.key-missing.text", null);
                sources.Add(language, "storage-unavailable", "problem.storage-unavailable.title", "problem.storage-unavailable.text", null);
                sources.Add(language, "invalid-request", "problem.unexpected.title", "problem.unexpected.text", "home.continue");
                // The site speaks of an address that was typed, the page of a course that has changed.
                sources.Add(language, "not-found", "notFound.heading", null, "nav.training");
            }
            return sources;
        }
    }

    /// <summary>The page leaves sentences out that are of the site only, such as "reload the page".</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void The_words_of_a_refused_page_are_those_of_the_site(Language language, string code, string title, string? text, string? action)
    {
        var messages = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Repository.Root, "site", "messages", $"{language.Code()}.json")))!;

        var words = RefusalWords.Of(Problems.All[code], language);

        Assert.Equal(messages[title], words.Title);
        if (text is not null)
        {
            Assert.Empty(Sentence().Split(words.Text).Except(Sentence().Split(messages[text])));
        }
        if (action is not null)
        {
            Assert.Equal(messages[action], words.Action);
        }
    }

    [GeneratedRegex(@"(?<=\.) ")]
    private static partial Regex Sentence();
}
