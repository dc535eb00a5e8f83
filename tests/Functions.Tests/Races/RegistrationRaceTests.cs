using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Races;

[Trait("Storage", "Azurite")]
public sealed class RegistrationRaceTests(AzuriteFixture azurite)
{
    private const int Rounds = 50;
    private const int People = 64;

    [Fact]
    public async Task One_of_64_who_enter_the_same_code_at_once_gets_it_and_the_mail()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var codes = await Journey.IssueAsync(app, Rounds);

        for (var round = 0; round < Rounds; round++)
        {
            var code = codes[round].Code;
            var mailsBefore = app.Mailbox.All.Count;

            var answers = await Task.WhenAll(Enumerable.Range(0, People).Select(person => RegisterAsync(app, code, round, person)));

            await app.SettleAsync();
            var winners = answers.Index().Where(each => each.Item.Status == HttpStatusCode.Accepted).ToList();
            var others = answers.Where(answer => answer.Status != HttpStatusCode.Accepted).ToList();
            var mails = app.Mailbox.All.Skip(mailsBefore).ToList();
            Assert.True(winners.Count == 1, $"Round {round}: {winners.Count} were accepted. {string.Join('\n', winners.Select(each => each.Item))}");
            Assert.All(others, answer => Assert.True(answer is { Status: HttpStatusCode.Conflict, Code: "voucher-pending" }, $"Round {round}: {answer}"));
            Assert.Equal([AddressOf(round, winners[0].Index)], mails.Select(mail => mail.To));
        }
    }

    /// <summary>Each from a network address of their own, or the limit of guesses under way would queue them.</summary>
    private static Task<Answer> RegisterAsync(TestApp app, string code, int round, int person) => app.Client.SendAsync(
        HttpMethod.Post,
        "/api/registrations",
        new { code, name = $"Person {person}", email = AddressOf(round, person), language = "de" },
        headers: ("X-Forwarded-For", $"198.51.100.{person}"));

    private static string AddressOf(int round, int person) => $"person{person}@round{round}.example.ch";
}
