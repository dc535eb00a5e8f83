using System.Collections.Immutable;
using VoucherFunctions.Domain.Accounts;
using Book = System.Collections.Immutable.ImmutableSortedDictionary<string, VoucherFunctions.Simulation.Flows.ModelVoucher>;

namespace VoucherFunctions.Simulation.Flows;

public enum Life
{
    Issued,
    Pending,
    Active,
    Gone,
    Revoked,
}

/// <summary>One voucher as the promises see it. Links, registrations and sessions are labels: which one, not what.</summary>
public sealed record ModelVoucher(Life Life)
{
    public static readonly ImmutableSortedDictionary<string, string> NoDocuments = ImmutableSortedDictionary<string, string>.Empty;

    public string? Address { get; init; }

    public string? Registration { get; init; }

    public string? Link { get; init; }

    public string? Password { get; init; }

    public ImmutableHashSet<string> Sessions { get; init; } = [];

    /// <summary>By name, what is in them.</summary>
    public ImmutableSortedDictionary<string, string> Documents { get; init; } = NoDocuments;

    public string? Reset { get; init; }

    public DateTimeOffset? ResetAskedAt { get; init; }

    public string? UsedReset { get; init; }

    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>Another voucher took over the address after the end.</summary>
    public bool IsSuperseded { get; init; }

    public DateTimeOffset AccessUntil => AccessPeriod.Until(EnteredAt);

    public Life At(DateTimeOffset now) => Life == Life.Pending && now >= EnteredAt.AddHours(24) ? Life.Issued : Life;

    public bool IsLive(DateTimeOffset now) => Life == Life.Active && now < AccessUntil;
}

/// <summary>
/// What the platform promises, as one thing at a time would do it: the reference that every history is compared with. A flow has one step or several; others may come
/// between the steps, and a flow without an answer may have got as far as any of them.
/// </summary>
public static class Model
{
    /// <summary>One step; it ends the flow with an answer, or leaves it to the next with null.</summary>
    public delegate (string? Reply, Book Next) Step(Book state, string label, DateTimeOffset now);

    public static IReadOnlyList<Step> Of(string flow) => flow switch
    {
        "register" => [Register("1", Flow.Anne)],
        "register other" => [Register("1", Flow.Beat)],
        "register 2" => [Register("2", Flow.Anne)],
        "resend" => [OfRegistration((voucher, _, _) => voucher, "202")],
        "correct" => [OfRegistration((voucher, label, _) => voucher.Address == Flow.Carla ? voucher : voucher with { Address = Flow.Carla, Link = label }, "202")],
        "cancel" => [OfRegistration((_, _, _) => new ModelVoucher(Life.Issued), "204")],
        "look at link" => [LookAtLink("1", "token1")],
        "look at link 2" => [LookAtLink("2", "token2")],
        "activate" => [Supersede("1", "token1"), Activate("1", "token1", Flow.Password)],
        "activate 2" => [Supersede("2", "token2"), Activate("2", "token2", Flow.SecondPassword)],
        "correct to a fourth" => [OfRegistration((voucher, _, _) => voucher, "429 too-soon")],
        "log in" or "log in on own device" => [LogIn(Flow.Password)],
        "log in wrong" => [LogIn("")],
        "log out" => [Authenticate, Signed((voucher, _, _) => voucher with { Sessions = voucher.Sessions.Remove("cookie1") }, "204", null)],
        "profile" => [Authenticate, Signed((voucher, _, _) => voucher, "200", null)],
        "request reset" => [RequestReset],
        "look at reset" => [(state, _, now) => (CheckReset(state["1"], now) ?? "200", state)],
        "reset" => [CompleteReset],
        "change password" => [Authenticate, Signed((voucher, label, now) => SetPassword(voucher, Flow.OtherPassword) with { Sessions = [label] }, "204", Flow.Password)],
        "erase" => [Authenticate, Erase],
        "upload" => [Authenticate, WithDocuments(documents => documents.ContainsKey(Flow.Letter) ? ("412 document-exists", documents) : ($"201 {TypeOf(Flow.LetterText)}", documents.Add(Flow.Letter, Flow.LetterText)))],
        "replace document" => [Authenticate, WithDocuments(documents => documents.GetValueOrDefault(Flow.Document) == Flow.DocumentText ? ("200", documents.SetItem(Flow.Document, Flow.NewDocumentText)) : ("412 document-changed", documents))],
        "remove document" => [Authenticate, WithDocuments(documents => documents.GetValueOrDefault(Flow.Document) switch
        {
            null => ("404 document-unknown", documents),
            Flow.DocumentText => ("204", documents.Remove(Flow.Document)),
            _ => ("412 document-changed", documents),
        })],
        "remove letter" => [Authenticate, HasLetter, WithDocuments(documents => documents.ContainsKey(Flow.Letter) ? ("204", documents.Remove(Flow.Letter)) : ("404 document-unknown", documents))],
        "remove in an old tab" => [OfOtherAccount],
        "revoke" => [Revoke],
        "check" => [Check],
        "delete" => [Delete],
        _ => [(state, _, _) => ("200", state)],
    };

    /// <summary>What a content is, whatever its name says.</summary>
    public static string TypeOf(string text) => text.StartsWith("%PDF-", StringComparison.Ordinal) ? "application/pdf" : "text/plain";

    /// <summary>What a flow is answered when nothing comes between its steps.</summary>
    public static string? Answer(string flow, Book state, DateTimeOffset now)
    {
        string? reply = null;
        foreach (var step in Of(flow))
        {
            (reply, state) = reply is null ? step(state, "new", now) : (reply, state);
        }
        return reply;
    }

    private static Step Register(string number, string address) => (state, label, now) =>
    {
        var voucher = state[number];
        return voucher.At(now) switch
        {
            Life.Issued => ("202", state.SetItem(number, new ModelVoucher(Life.Pending) { Address = address, Registration = label, Link = label, EnteredAt = now })),
            Life.Pending when voucher.Address == address => ("202", state),
            var other => (Unusable(other), state),
        };
    };

    private static Step OfRegistration(Func<ModelVoucher, string, DateTimeOffset, ModelVoucher> change, string reply) => (state, label, now) =>
        state["1"] is { Registration: "handle1" } voucher && voucher.At(now) == Life.Pending
            ? (reply, state.SetItem("1", change(voucher, label, now)))
            : ("410 registration-ended", state);

    /// <summary>Whoever held the address and has ended gives way before the address is taken.</summary>
    private static Step Supersede(string number, string token) => (state, _, now) =>
    {
        if (CheckLink(state[number], token, now) is { } refusal)
        {
            return (refusal, state);
        }
        return HolderOf(state, state[number].Address!) is { } holder && !state[holder].IsLive(now)
            ? (null, state.SetItem(holder, state[holder] with { IsSuperseded = true }))
            : (null, state);
    };

    private static Step Activate(string number, string token, string password) => (state, label, now) =>
    {
        var voucher = state[number];
        if (CheckLink(voucher, token, now) is { } refusal)
        {
            return (refusal, state);
        }
        if (HolderOf(state, voucher.Address!) is { } holder && state[holder].IsLive(now))
        {
            return ("409 account-exists", state.SetItem(number, new ModelVoucher(Life.Issued)));
        }
        return ("200", state.SetItem(number, voucher with { Life = Life.Active, Password = password, Sessions = [label] }));
    };

    /// <summary>As activating would answer; nothing changes.</summary>
    private static Step LookAtLink(string number, string token) => (state, _, now) =>
        (CheckLink(state[number], token, now)
            ?? (HolderOf(state, state[number].Address!) is { } holder && state[holder].IsLive(now) ? "409 account-exists" : "200"), state);

    private static string? CheckLink(ModelVoucher voucher, string token, DateTimeOffset now) =>
        voucher.Link != token ? "410 activation-expired"
        : voucher.Life == Life.Active ? "410 activation-used"
        : voucher.At(now) == Life.Pending ? null : "410 activation-expired";

    private static string? HolderOf(Book state, string address) =>
        state.FirstOrDefault(each => each.Value.Life == Life.Active && each.Value.Address == address && !each.Value.IsSuperseded).Key;

    private static Step LogIn(string password) => (state, label, now) =>
        HolderOf(state, Flow.Anne) is not { } number || state[number].Password != password ? ("401 credentials-wrong", state)
        : !state[number].IsLive(now) ? ("403 account-expired", state)
        : ("200", state.SetItem(number, state[number] with { Sessions = state[number].Sessions.Add(label) }));

    private static (string? Reply, Book Next) Authenticate(Book state, string label, DateTimeOffset now) => (Session(state["1"], now), state);

    /// <summary>Who is signed in, in time; what comes after is decided by the password alone.</summary>
    private static string? Session(ModelVoucher voucher, DateTimeOffset now) =>
        voucher.Life != Life.Active || !voucher.Sessions.Contains("cookie1") ? "401 session-required"
        : voucher.IsLive(now) ? null : "403 account-expired";

    private static (string? Reply, Book Next) HasLetter(Book state, string label, DateTimeOffset now) =>
        (state["1"].Documents.ContainsKey(Flow.Letter) ? null : "200", state);

    private static (string? Reply, Book Next) OfOtherAccount(Book state, string label, DateTimeOffset now) => (Session(state["1"], now) ?? "409 other-account", state);

    private static Step Signed(Func<ModelVoucher, string, DateTimeOffset, ModelVoucher> change, string reply, string? password) => (state, label, now) =>
        password is not null && state["1"].Password != password ? ("401 credentials-wrong", state)
        : state["1"].Life == Life.Active ? (reply, state.SetItem("1", change(state["1"], label, now)))
        : (reply, state);

    /// <summary>Whoever is still signed in when it comes to it.</summary>
    private static Step WithDocuments(Func<ImmutableSortedDictionary<string, string>, (string, ImmutableSortedDictionary<string, string>)> change) => (state, _, now) =>
    {
        if (state["1"].Life != Life.Active)
        {
            return (Gone("401 session-required"), state);
        }
        if (Session(state["1"], now) is { } refusal)
        {
            return (refusal, state);
        }
        var (reply, documents) = change(state["1"].Documents);
        return (reply, state.SetItem("1", state["1"] with { Documents = documents }));
    };

    private static (string? Reply, Book Next) Erase(Book state, string label, DateTimeOffset now) =>
        state["1"].Life != Life.Active ? (Gone("204"), state)
        : state["1"].Password != Flow.Password ? ("401 credentials-wrong", state)
        : ("204", state.SetItem("1", new ModelVoucher(Life.Gone)));

    /// <summary>Whoever is still at it when the account is erased may be told so in the words of what is no longer found.</summary>
    private static string Gone(string otherwise) => $"{otherwise}|401 session-required|401 credentials-wrong|404 document-unknown|412 document-changed";

    private static (string? Reply, Book Next) RequestReset(Book state, string label, DateTimeOffset now) =>
        HolderOf(state, Flow.Anne) is { } number && state[number].IsLive(now) && !(now - state[number].ResetAskedAt < TimeSpan.FromMinutes(1))
            ? ("202", state.SetItem(number, state[number] with { Reset = label, ResetAskedAt = now }))
            : ("202", state);

    private static (string? Reply, Book Next) CompleteReset(Book state, string label, DateTimeOffset now) =>
        CheckReset(state["1"], now) is { } refusal ? (refusal, state) : ("204", state.SetItem("1", SetPassword(state["1"], Flow.NewPassword)));

    private static string? CheckReset(ModelVoucher voucher, DateTimeOffset now) =>
        voucher.Life == Life.Active && voucher.UsedReset == "reset1" ? "410 reset-used"
        : voucher.Reset == "reset1" && voucher.IsLive(now) && now < voucher.ResetAskedAt?.AddMinutes(60) ? null : "410 reset-expired";

    private static ModelVoucher SetPassword(ModelVoucher voucher, string password) =>
        voucher with { Password = password, Sessions = [], UsedReset = voucher.Reset ?? voucher.UsedReset, Reset = null };

    private static (string? Reply, Book Next) Revoke(Book state, string label, DateTimeOffset now) => state["1"].At(now) switch
    {
        Life.Issued or Life.Revoked => ("204", state.SetItem("1", new ModelVoucher(Life.Revoked))),
        Life.Pending => ("409 voucher-pending", state),
        _ => ("409 voucher-used", state),
    };

    private static (string? Reply, Book Next) Check(Book state, string label, DateTimeOffset now) =>
        (state["1"].At(now) == Life.Issued ? "200" : Unusable(state["1"].At(now)), state);

    private static (string? Reply, Book Next) Delete(Book state, string label, DateTimeOffset now) =>
        ("200", state.Aggregate(state, (all, each) => each.Value.Life == Life.Active && now >= AccountDue.DeletionStart(each.Value.AccessUntil)
            ? all.SetItem(each.Key, new ModelVoucher(Life.Gone))
            : all));

    private static string Unusable(Life life) => life switch
    {
        Life.Pending => "409 voucher-pending",
        Life.Revoked => "410 voucher-revoked",
        _ => "409 voucher-used",
    };
}
