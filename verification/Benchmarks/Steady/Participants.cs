using System.Globalization;
using System.Net;
using VoucherFunctions.Benchmarks.Servers;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Benchmarks.Steady;

/// <summary>Somebody with an account and an open session.</summary>
internal sealed record Participant(string Email, string Cookie);

internal static class Participants
{
    private const int AtOnce = 8;

    /// <summary>They register, open the link in the mail and set a password, all by the native binary, which ends again.</summary>
    public static async Task<IReadOnlyList<Participant>> SignInAsync(VoucherSystem system, int count)
    {
        var vouchers = await system.IssueAsync(count);
        await using var smtp = await SmtpServer.StartAsync();
        await using var app = await ServerProcess.StartAndWaitAsync(system.Native(await Published.NativeAsync(), smtp.Uri));
        var participants = new Participant[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, stop) =>
        {
            using var registration = VoucherSystem.Registration(vouchers[person].Code, person);
            using var registered = await app.Client.SendAsync(registration, stop);
            registered.EnsureSuccessStatusCode();
            var email = Email(person);
            var token = Journey.LinkIn((await smtp.NextToAsync(email, stop)).Text);
            var answer = (await app.Client.PostAsync("/api/activations", new { token, password = Journey.Password })).MustBe(HttpStatusCode.OK);
            participants[person] = new Participant(email, answer.SessionCookie.Split(';')[0]);
        });
        return participants;
    }

    public static string Email(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}@example.ch");
}
