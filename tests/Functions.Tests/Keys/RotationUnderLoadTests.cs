using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using VoucherFunctions.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Keys;
using VoucherFunctions.Security;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Keys;

/// <summary>The whole rotation as operators do it, instance by instance, while people log in, read, change, register, activate, keep and read documents.</summary>
public sealed class RotationUnderLoadTests(AzuriteFixture azurite)
{
    private const int Clients = 6;
    private const string Document = "CV.txt";

    [Fact]
    public async Task No_request_fails_while_the_key_changes_and_afterwards_the_old_key_opens_nothing()
    {
        await using var old = await TestApp.StartAsync(azurite);
        var people = new ConcurrentBag<Journey>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ => people.Add(await WithDocumentAsync(await Journey.ActivatedAsync(old)))));

        // Added as the second key: the instances that are replaced do not know it yet.
        await using var added = await Ring.BesideAsync(azurite, old, 1, 2);
        await LiveAsync(people, old, added);

        // Promoted: the instances that are replaced can read what the new ones write.
        await using var promoted = await Ring.BesideAsync(azurite, old, 2, 1);
        await LiveAsync(people, added, promoted);

        // All replaced; the timer sees it, and an hour later wraps the accounts anew under people's hands.
        await promoted.RunTimerAsync<RewrapAccountKeys>();
        old.Clock.Advance(KeyRules.Grace);
        await using var second = await Ring.BesideAsync(azurite, old, 2, 1);
        await LiveAsync(people, promoted, second);
        await promoted.RunTimerAsync<RewrapAccountKeys>();
        Assert.Contains("\"mayLeave\":true", (await promoted.AdminAsync(HttpMethod.Get, "/api/lifecycle/keys")).Body, StringComparison.Ordinal);

        // The old key is out of the ring, here while the last instances that still have it serve too.
        await using var alone = await Ring.BesideAsync(azurite, old, 2);
        await LiveAsync(people, second, alone);
        await AssertOpensAsync(alone, people, Ring.Encryption(2));
        await AssertOpensNothingAsync(alone, people, Ring.Encryption(1));
        foreach (var person in people)
        {
            person.Dispose();
        }
    }

    /// <summary>Each client is an old acquaintance on one instance and a newcomer on the other, while the timers of both run.</summary>
    private static async Task LiveAsync(ConcurrentBag<Journey> people, TestApp one, TestApp other)
    {
        using var over = new CancellationTokenSource();
        var timers = Task.WhenAll(RunTimersAsync(one, over.Token), RunTimersAsync(other, over.Token));
        await Task.WhenAll(people.Take(Clients).Select(async (person, index) =>
        {
            var (here, there) = index % 2 == 0 ? (one, other) : (other, one);
            await ReturnAsync(here, person);
            people.Add(await JoinAsync(here, there));
            await ReturnAsync(there, person);
        }));
        await over.CancelAsync();
        await timers;
    }

    private static async Task ReturnAsync(TestApp app, Journey person)
    {
        using var here = new Journey(app, person.Code, person.Email);
        (await here.LogInAsync()).MustBe(HttpStatusCode.OK);
        Assert.Equal(person.Email, (await here.ProfileAsync()).MustBe(HttpStatusCode.OK).Text("email"));
        var name = $"Anne {Guid.NewGuid():N}"[..20];
        (await here.ChangeProfileAsync(new { name })).MustBe(HttpStatusCode.OK);
        Assert.Equal(name, (await here.ProfileAsync()).MustBe(HttpStatusCode.OK).Text("name"));
        Assert.Equal(person.Code, (await here.GetDocumentAsync(Document)).MustBe(HttpStatusCode.OK).Body);
    }

    private static async Task<Journey> WithDocumentAsync(Journey person)
    {
        (await person.PutDocumentAsync(Document, Encoding.UTF8.GetBytes(person.Code))).MustBe(HttpStatusCode.Created);
        return person;
    }

    /// <summary>Registers on one instance and follows the link to the other.</summary>
    private static async Task<Journey> JoinAsync(TestApp here, TestApp there)
    {
        using var registering = await Journey.WithVoucherAsync(here);
        (await registering.CheckAsync()).MustBe(HttpStatusCode.OK);
        (await registering.RegisterAsync()).MustBe(HttpStatusCode.Accepted);
        var token = await registering.TokenAsync();
        var person = new Journey(there, registering.Code, registering.Email);
        (await person.ActivateAsync(token, Journey.Password)).MustBe(HttpStatusCode.OK);
        return await WithDocumentAsync(person);
    }

    private static async Task RunTimersAsync(TestApp app, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await app.RunTimerAsync<RewrapAccountKeys>();
        }
    }

    private static async Task AssertOpensAsync(TestApp app, IEnumerable<Journey> people, string ring)
    {
        foreach (var person in people)
        {
            var registration = (await Ring.StateAsync(app, person.Code)).Registration!;
            Assert.Equal(person.Email, PersonSeals.Open(registration, Ring.CipherOf(ring)).Email.Value);
        }
    }

    private static async Task AssertOpensNothingAsync(TestApp app, IEnumerable<Journey> people, string ring)
    {
        foreach (var person in people)
        {
            var registration = (await Ring.StateAsync(app, person.Code)).Registration!;
            Assert.Throws<EncryptionKeyMissingException>(() => PersonSeals.Open(registration, Ring.CipherOf(ring)));
            Assert.Throws<EncryptionKeyMissingException>(() => Ring.CipherOf(ring).Derive(registration.WrappedKey, registration.AccountId, "document-names"));
            // Nor when it is tried under the number of the new one.
            Assert.ThrowsAny<CryptographicException>(() => PersonSeals.Open(registration, Ring.CipherOf($"2:{ring[2..]}")));
        }
    }
}
