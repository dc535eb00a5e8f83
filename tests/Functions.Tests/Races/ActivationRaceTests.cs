using System.Net;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Races;

[Trait("Storage", "Azurite")]
public sealed class ActivationRaceTests(AzuriteFixture azurite)
{
    private const int Rounds = 50;

    [Fact]
    public async Task Two_vouchers_activated_at_once_for_one_address_make_one_account_and_free_the_other_voucher()
    {
        await using var app = await TestApp.StartAsync(azurite);

        for (var round = 0; round < Rounds; round++)
        {
            using var first = await Journey.RegisteredAsync(app, $"round{round}@example.ch");
            var firstToken = await first.TokenAsync();
            using var second = await Journey.RegisteredAsync(app, first.Email);
            var secondToken = await second.TokenAsync();

            var answers = await Task.WhenAll(first.ActivateAsync(firstToken, Journey.Password), second.ActivateAsync(secondToken, Journey.Password));

            var (winner, loser) = answers[0].Status == HttpStatusCode.OK ? (first, second) : (second, first);
            var refused = winner == first ? answers[1] : answers[0];
            Assert.True(answers.Count(answer => answer.Status == HttpStatusCode.OK) == 1, $"Round {round}: {answers[0]} and {answers[1]}");
            Assert.True(refused is { Status: HttpStatusCode.Conflict, Code: "account-exists" }, $"Round {round}: {refused}");
            Assert.Equal(HttpStatusCode.OK, (await winner.ProfileAsync()).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await loser.ProfileAsync()).Status);
            var free = await loser.CheckAsync();
            Assert.True(free.Status == HttpStatusCode.OK, $"Round {round}: {free}");
            Assert.Equal("voucher-used", (await winner.CheckAsync()).Code);
        }

        Assert.Equal(Rounds, (await app.DumpAsync("emails")).Count);
    }

    [Fact]
    public async Task One_link_used_many_times_at_once_makes_one_account_with_one_session()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.RegisteredAsync(app);
        var token = await person.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => person.ActivateAsync(token, Journey.Password)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => Assert.True(answer is { Status: HttpStatusCode.Gone, Code: "activation-used" }, answer.ToString()));
        Assert.Single((await app.DumpAsync("vouchers")), row => row.Contains("RowKey=session-", StringComparison.Ordinal));
    }
}
