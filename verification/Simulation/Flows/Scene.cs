using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Simulation.Running;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Flows;

/// <summary>A situation in which flows begin: what is stored, what people know, and what the model says of it.</summary>
public sealed record Scene(string Name, Moment Moment, ClientState ClientState, ImmutableSortedDictionary<string, ModelVoucher> Model)
{
    public override string ToString() => Name;
}

/// <summary>Plays scenes, the real app on one side and the model on the other.</summary>
public sealed partial class Stage(World world)
{
    private ClientState _known = new();
    private ImmutableSortedDictionary<string, ModelVoucher> _model = ImmutableSortedDictionary<string, ModelVoucher>.Empty;

    /// <summary>All scenes, in the order of a voucher's life.</summary>
    public static IReadOnlyList<Scene> PlayAll(World world)
    {
        var stage = new Stage(world);
        return [.. stage.Play()];
    }

    private IEnumerable<Scene> Play()
    {
        var office = Ask(host => host.SendAsync("POST", "/api/issuers", new JsonObject { ["name"] = "RAV Chur", ["dailyQuota"] = 100 }, Host.AdminKey));
        var key = Ask(host => host.SendAsync("POST", $"/api/issuers/{office.Text("id")}/keys", new JsonObject(), Host.AdminKey));
        (_known["issuer-key"], _known["idempotency-key"], _known["client"]) = (key.Text("key")!, "some-more", "10.0.0.1");
        Issue("1", shard: "4");
        Issue("2", shard: "b");
        Pass(TimeSpan.FromMinutes(5));
        yield return Save("issued");
        _known["handle1"] = Do("register", label: "handle1").Text("handle")!;
        Pass(TimeSpan.FromMinutes(2));
        yield return Save("mail waiting");
        SendMail();
        _known["token1"] = Link();
        _model = _model.SetItem("1", _model["1"] with { Link = "token1" });
        Pass(TimeSpan.FromMinutes(2));
        yield return Save("pending");
        var pending = Here();
        Pass(TimeSpan.FromHours(2));
        RegisterSecond();
        yield return Save("two pending");
        var two = Here();
        // A process that died when it had claimed the address and not yet committed.
        world.Traffic.Plan = new FaultPlan("activate", 4, Fault.Crash);
        world.RunAlone("activate", world.Host(0), host => Flow.Of("activate").RunAsync(host, _known));
        world.Traffic.Plan = null;
        yield return Save("claimed by the dead");
        Return(two);
        var activated = Do("activate", label: "cookie1");
        _known["cookie1"] = activated.Cookie!;
        var kept = Ask(host => host.SendAsync("PUT", $"/api/documents/{Flow.Document}", cookie: _known["cookie1"], text: Flow.DocumentText));
        _known["document1"] = kept.Text("etag")!;
        _model = _model.SetItem("1", _model["1"] with { Documents = ModelVoucher.NoDocuments.Add(Flow.Document, Flow.DocumentText) });
        Pass(TimeSpan.FromMinutes(10));
        var loggedIn = Do("log in", label: "cookie2");
        _known["cookie2"] = loggedIn.Cookie!;
        Do("request reset", label: "a reset");
        yield return Save("reset mail waiting");
        SendMail();
        _known["reset1"] = Link();
        _model = _model.SetItem("1", _model["1"] with { Reset = "reset1" });
        Pass(TimeSpan.FromMinutes(2));
        yield return Save("active");
        var active = Here();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            world.RunAlone("setting", world.Host(0), host => Flow.Of("log in wrong").RunAsync(host, _known));
        }
        _known["device1"] = loggedIn.Device!;
        yield return Save("nearly throttled");
        Return(active);
        var accessUntil = _model["1"].AccessUntil;
        var ends = Ends(accessUntil).ToList();
        foreach (var scene in ends)
        {
            yield return scene;
        }
        Return(pending);
        Pass(TimeSpan.FromHours(2));
        RegisterSecond();
        Pass(TimeSpan.FromHours(22));
        yield return Save("lapsed");
        Return(pending);
        yield return ThreeAddresses();
        Return(active);
        UseUpUploads();
        yield return Save("one upload left");
        foreach (var scene in Budgets(ends.Single(scene => scene.Name == "reminder due")))
        {
            yield return scene;
        }
    }

    /// <summary>As after 999 uploads of this day: setting the count takes less time than uploading.</summary>
    private void UseUpUploads() => Ask(async host =>
    {
        var id = VoucherId.TryParse(_known["id1"], out var parsed) ? parsed : throw new InvalidOperationException("The first voucher has no id.");
        var read = await host.Services.GetRequiredService<VoucherTable>().FindAsync(id, Reading.State, CancellationToken.None);
        var account = read!.Voucher.Account! with { Uploads = new UploadBudget(UploadBudget.Most - 1, 0, world.Now) };
        await host.Services.GetRequiredService<VoucherTransaction>().TryCommitAsync(read, new VoucherChange(read.Voucher with { Account = account }), CancellationToken.None);
        return new Reply(200, null, null, null);
    });

    /// <summary>Mail was sent to three addresses with the first voucher: nobody can do more than ask for a fourth.</summary>
    private Scene ThreeAddresses()
    {
        Do("correct", label: "of Carla");
        Do("cancel");
        var handle = Do("register other", label: "handle1").Text("handle")!;
        SendMail();
        _known["token1"] = Link();
        _model = _model.SetItem("1", _model["1"] with { Link = "token1" });
        Pass(TimeSpan.FromMinutes(2));
        (_known["handle1"], _known["handle4"]) = (handle, handle);
        return Save("three addresses");
    }

    /// <summary>
    /// A voucher whose deadlines are in this shard: which one it is decides how many calls a timer makes before it comes by, and so what an order of calls
    /// means. Left to chance, a run could not be repeated by its seed.
    /// </summary>
    private void Issue(string voucher, string shard)
    {
        var before = Here();
        var body = new JsonObject { ["count"] = 1, ["redeemableUntil"] = "2030-11-01T00:00:00Z" };
        JsonNode issued;
        while (!VoucherId.TryParse((issued = Ask(Request).Body!["vouchers"]![0]!)["id"]!.GetValue<string>(), out var id) || DueItem.ShardOf(id) != shard)
        {
            Return(before);
        }
        (_known[$"code{voucher}"], _known[$"id{voucher}"]) = (issued["code"]!.GetValue<string>(), issued["id"]!.GetValue<string>());
        _model = _model.SetItem(voucher, new ModelVoucher(Life.Issued));

        Task<Reply> Request(Host host) =>
            host.SendAsync("POST", "/api/vouchers", body.DeepClone().AsObject(), _known["issuer-key"], idempotencyKey: $"the-first-of-{voucher}");
    }

    /// <summary>From the reminders to the deletion; the other voucher waits for its activation each time.</summary>
    private IEnumerable<Scene> Ends(DateTimeOffset accessUntil)
    {
        world.MoveTo(AccessPeriod.DayWithDaysLeft(accessUntil, 14) + TimeSpan.FromHours(18));
        LogInAgain();
        yield return Save("reminder due");
        world.MoveTo(accessUntil - TimeSpan.FromMinutes(20));
        Timers();
        LogInAgain();
        Pass(TimeSpan.FromMinutes(21));
        RegisterSecond();
        yield return Save("expired");
        Pass(TimeSpan.FromMinutes(2));
        Timers();
        yield return Save("closed");
        world.MoveTo(AccountDue.DeletionStart(accessUntil) - TimeSpan.FromMinutes(10));
        Timers();
        RegisterSecond();
        Pass(TimeSpan.FromMinutes(11));
        yield return Save("deletion due");
        var due = Here();
        Do("delete");
        yield return Save("deleting");
        Return(due);
        world.MoveTo(AccessPeriod.DeletedAtLatest(accessUntil) - TimeSpan.FromHours(1));
        yield return Save("deletion too late");
    }

    private void RegisterSecond()
    {
        Do("register 2", label: "token2");
        SendMail();
        _known["token2"] = Link();
        Pass(TimeSpan.FromMinutes(2));
    }

    /// <summary>Long after the last time: nothing of then is open any more.</summary>
    private void LogInAgain()
    {
        _known["cookie1"] = Do("log in", label: "cookie1").Cookie!;
        _model = _model.SetItem("1", _model["1"] with { Sessions = ["cookie1"] });
    }

    private Reply Do(string flow, string? label = null)
    {
        var reply = Ask(host => Flow.Of(flow).RunAsync(host, _known));
        foreach (var step in Model.Of(flow))
        {
            (var expected, _model) = step(_model, label ?? flow, world.Now);
            if (expected is not null && expected != reply.ToString())
            {
                throw new InvalidOperationException($"{flow}: {reply}, but the model says {expected}.");
            }
        }
        return reply;
    }

    private Reply Ask(Func<Host, Task<Reply>> request)
    {
        var reply = world.RunAlone("setting", world.Host(0), request);
        return reply.IsSuccess ? reply : throw new InvalidOperationException($"The scene could not be set: {reply} {string.Join('\n', world.Trace.Lines)}");
    }

    private void SendMail()
    {
        world.StartPosted();
        world.RunOut();
    }

    private void Timers()
    {
        foreach (var flow in Flow.All.Where(flow => flow.Timer is not null))
        {
            Do(flow.Name);
            SendMail();
        }
    }

    /// <summary>The link's token in the last mail that has one.</summary>
    public static string LastLink(World world) => world.Mailbox.Accepted.Select(mail => Token().Match(mail.Content.Text)).Last(match => match.Success).Groups[1].Value;

    private string Link() => LastLink(world);

    private void Pass(TimeSpan time) => world.MoveTo(world.Now + time);

    private Scene Here() => new("", world.Save(), _known.Copy(), _model);

    private void Return(Scene scene)
    {
        world.Load(scene.Moment);
        _model = scene.Model;
        _known = scene.ClientState.Copy();
    }

    private Scene Save(string name) => Here() with { Name = name };

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
