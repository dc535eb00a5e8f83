using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Training;

/// <summary>The page of the training that was opened last.</summary>
public sealed class PlaceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_page_that_was_opened_last_is_remembered_wherever_the_person_goes_on()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "fr/index.html", "départ");
        await Course.PutAsync(app, "fr/Leçon 2.html", "leçon");
        Assert.Null(await PlaceAsync(person));

        (await person.VisitAsync("/fr/")).MustBe(HttpStatusCode.OK);
        Assert.Equal("fr/", await PlaceAsync(person));
        (await person.VisitAsync("/fr/Le%C3%A7on%202.html")).MustBe(HttpStatusCode.OK);

        using var elsewhere = person.Elsewhere();
        Assert.Equal("fr/Leçon 2.html", (await elsewhere.LogInAsync()).Text("trainingPlace"));
    }

    [Fact]
    public async Task What_a_page_loads_or_a_script_looks_at_is_no_visit()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        await Course.PutAsync(app, "a.css", "");

        (await person.GetAsync("/index.html")).MustBe(HttpStatusCode.OK);
        (await person.GetAsync("/index.html", ("Sec-Fetch-Dest", "iframe"))).MustBe(HttpStatusCode.OK);
        (await person.GetAsync("/index.html", ("Sec-Fetch-Dest", "empty"))).MustBe(HttpStatusCode.OK);
        (await person.VisitAsync("/a.css")).MustBe(HttpStatusCode.OK);
        (await person.VisitAsync("/nothing.html")).MustBe(HttpStatusCode.NotFound);

        Assert.Null(await PlaceAsync(person));
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "index.html")]
    [InlineData("*/*", null)]
    [InlineData("image/*,*/*;q=0.8", null)]
    public async Task A_browser_that_does_not_say_what_it_opens_is_believed_by_what_it_accepts(string accept, string? place)
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");

        (await person.GetAsync("/index.html", ("Accept", accept))).MustBe(HttpStatusCode.OK);

        Assert.Equal(place, await PlaceAsync(person));
    }

    [Fact]
    public async Task A_visit_to_the_same_page_writes_nothing_more()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        var version = (await person.VisitAsync("/index.html")).Headers.ETag!.ToString();
        var writes = app.Calls.Writes;

        await person.VisitAsync("/index.html");
        await person.GetAsync("/index.html", ("Sec-Fetch-Dest", "document"), ("If-None-Match", version));

        Assert.Equal(writes, app.Calls.Writes);
    }

    [Fact]
    public async Task A_page_that_the_browser_has_kept_is_a_visit_too()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        await Course.PutAsync(app, "next.html", "next");
        var version = (await person.VisitAsync("/index.html")).Headers.ETag!.ToString();
        await person.VisitAsync("/next.html");

        var kept = await person.GetAsync("/index.html", ("Sec-Fetch-Dest", "document"), ("If-None-Match", version));

        Assert.Equal((HttpStatusCode.NotModified, "index.html"), (kept.Status, await PlaceAsync(person)));
    }

    [Fact]
    public async Task The_place_is_stored_sealed_and_goes_with_the_account()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "kanari/index.html", "start");
        await person.VisitAsync("/kanari/");
        var traces = Traces.Of(app, "kanari");

        await traces.AssertGoneAsync();
        Assert.Contains(await app.DumpAsync("vouchers"), line => line.Contains("SealedPlace=", StringComparison.Ordinal));
        (await person.EraseAsync()).MustBe(HttpStatusCode.NoContent);

        Assert.DoesNotContain(await app.DumpAsync(), line => line.Contains("SealedPlace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_is_shown_though_the_storage_does_not_answer_when_it_is_to_be_noted()
    {
        var storage = new UnreachableStorage(request => request.Method != RequestMethod.Get);
        await using var app = await TestApp.StartAsync(azurite, options => options.Tables = tables => tables.Hurry().AddPolicy(storage, HttpPipelinePosition.PerRetry));
        using var person = await Journey.ActivatedAsync(app);
        await Course.PutAsync(app, "index.html", "start");
        storage.IsAway = true;
        app.Clock.Advance(Session.TouchEvery);

        (await person.VisitAsync("/index.html")).MustBe(HttpStatusCode.OK);

        Assert.Null(await PlaceAsync(person));
        Assert.True(storage.Tries > 1);
    }

    private static async Task<string?> PlaceAsync(Journey person) => ((JsonObject)(await person.ProfileAsync()).MustBe(HttpStatusCode.OK).Json)["trainingPlace"]?.GetValue<string>();
}
