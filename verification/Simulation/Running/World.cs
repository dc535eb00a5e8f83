using System.Collections.Immutable;
using System.Security.Cryptography;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.InMemoryStorage.Blobs;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Simulation.Checks;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Simulation.Running;

/// <summary>Everything stored, and when: what a run begins with. Free to keep, since nothing in it ever changes.</summary>
public sealed record Moment(TableContents Contents, ImmutableSortedDictionary<string, StoredBlob> Blobs, DateTimeOffset Now, int Ids, MailQuota Quota);

/// <summary>
/// Storage, mail service, time and the processes of the app, on one thread. Not for several threads; each explorer has its own.
/// </summary>
public sealed class World
{
    private const int RunsOfOneHost = 500;
    private static readonly DateTimeOffset Beginning = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly TableSpace _space;
    private readonly List<(Host Host, Posted Posted)> _posted = [];
    private readonly Host?[] _hosts = new Host?[2];
    private string _hashing = $"1:{Convert.ToBase64String(SHA256.HashData("hashing"u8))}";
    private int _runs;
    private int _ids;

    public World()
    {
        Now = Beginning;
        _space = new TableSpace(() => Now);
        Traffic = new Traffic(this);
        Mailbox = new SimulatedMailbox(this);
        InvariantMonitor = new InvariantMonitor(this);
        foreach (var table in StorageTables.Names)
        {
            _space.TryCreate(table);
        }
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>What the mail service takes; where it is not known, nobody counts.</summary>
    public MailQuota Quota { get; private set; } = new(0, 0);

    public OneThread Thread { get; } = new();

    public Traffic Traffic { get; }

    public BlobSpace Blobs { get; } = new();

    public SimulatedMailbox Mailbox { get; }

    public InvariantMonitor InvariantMonitor { get; }

    /// <summary>For whoever compares states; null: nobody does, and nothing is kept.</summary>
    public Labels? Labels { get; set; }

    public TableSpace Space => _space;

    public List<Actor> Actors { get; } = [];

    /// <summary>A number no other run of this world has: for network addresses, so that what a host remembers of one run means nothing to the next.</summary>
    public int Run => _runs;

    /// <summary>What happened, in order, for people.</summary>
    public Trace Trace { get; } = new();

    public bool HasPosted => _posted.Count > 0;

    /// <summary>The process of this number; a new one when it died.</summary>
    public Host Host(int number)
    {
        if (_hosts[number] is null)
        {
            _hosts[number] = new Host($"host {number + 1}", this, _hashing, Quota);
        }
        return _hosts[number]!;
    }

    /// <summary>From now on the hashing keys have a newer one in front.</summary>
    public void Rotate()
    {
        _hashing = $"2:{Convert.ToBase64String(SHA256.HashData("newer"u8))},{_hashing}";
        KillAll();
    }

    /// <summary>From now on the processes know what the mail service takes.</summary>
    public void Limit(MailQuota quota)
    {
        Quota = quota;
        KillAll();
    }

    public Moment Save() => new(_space.Save(), Blobs.Blobs, Now, _ids, Quota);

    /// <summary>Of the next mail or link: the same in every run that came here by the same way.</summary>
    public byte[] NewId() => SHA256.HashData(BitConverter.GetBytes(_ids++))[..16];

    /// <summary>Begins another run.</summary>
    public void Load(Moment moment)
    {
        // What a process remembers from run to run is nothing that matters, but for this: its part of the mail budget, and how long the mail service wants to be left alone.
        foreach (var host in _hosts.OfType<Host>().Where(_ => Quota.IsKnown))
        {
            host.ForgetBudget();
        }
        _space.Load(moment.Contents);
        Blobs.Load(moment.Blobs);
        (Now, _ids) = (moment.Now, moment.Ids);
        var isOld = Traffic.IsMailPaused || moment.Quota != Quota || ++_runs % RunsOfOneHost == 0;
        Quota = moment.Quota;
        Traffic.Clear();
        Actors.Clear();
        _posted.Clear();
        Trace.Clear();
        Mailbox.Clear();
        InvariantMonitor.Clear();
        Labels?.Clear();
        if (isOld)
        {
            KillAll();
        }
        foreach (var host in _hosts.OfType<Host>())
        {
            while (host.TakePosted() is not null)
            {
            }
            host.Clock.Set(Now);
        }
    }

    public void MoveTo(DateTimeOffset now)
    {
        Now = now > Now ? now : Now;
        foreach (var host in _hosts)
        {
            host?.Clock.MoveTo(Now);
        }
        Thread.RunAll();
    }

    /// <summary>Lets one call through, and the app come to its next ones.</summary>
    public void Let(Call call)
    {
        Traffic.Let(call);
        Settle();
    }

    /// <summary>What is over is forgotten, and time goes on: for a world that lives long.</summary>
    public void Forget()
    {
        Actors.RemoveAll(actor => actor.IsDone);
        Trace.Clear();
        InvariantMonitor.Forget();
        Traffic.Forget();
    }

    public Actor Start(string name, Host host, Func<Host, Task<Reply>> work)
    {
        var actor = new Actor(name, host) { Began = InvariantMonitor.Step };
        Actors.Add(actor);
        actor.Task = Task.Factory.StartNew(
            () =>
            {
                Actor.Current = actor;
                return work(host);
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            Thread).Unwrap();
        Settle();
        return actor;
    }

    /// <summary>Everything that waits, one call after the other, the oldest actor first.</summary>
    public void RunOut()
    {
        while (Actors.FirstOrDefault(actor => actor.Waiting.Count > 0) is { } next)
        {
            Let(next.Waiting[0]);
        }
    }

    /// <summary>Runs one request from beginning to end.</summary>
    public Reply RunAlone(string name, Host host, Func<Host, Task<Reply>> work)
    {
        var actor = Start(name, host, work);
        while (actor.Waiting.Count > 0)
        {
            Let(actor.Waiting[0]);
        }
        return ReplyOf(actor);
    }

    /// <summary>What the app left for its background, as actors.</summary>
    public void StartPosted()
    {
        foreach (var (host, posted) in _posted.ToList())
        {
            _posted.Remove((host, posted));
            Start("background mail", host, each => BackgroundMail.SendAsync(each, posted));
        }
    }

    public void ForgetPosted() => _posted.Clear();

    /// <summary>Null answers: the process died.</summary>
    public static Reply ReplyOf(Actor actor) => actor.Task.IsCompletedSuccessfully ? actor.Task.Result : Reply.None;

    public void Kill(Host host)
    {
        _hosts[Array.IndexOf(_hosts, host)] = null;
        host.Dispose();
        _posted.RemoveAll(each => each.Host == host);
        foreach (var actor in Actors.Where(actor => actor.Host == host && !actor.IsDone))
        {
            actor.Waiting.Clear();
            actor.IsDead = true;
        }
        Thread.Clear();
    }

    private void KillAll()
    {
        foreach (var host in _hosts.OfType<Host>().ToList())
        {
            Kill(host);
        }
    }

    /// <summary>Lets the app come to its next calls.</summary>
    private void Settle()
    {
        Thread.RunAll();
        foreach (var host in _hosts.OfType<Host>())
        {
            while (host.TakePosted() is { } posted)
            {
                _posted.Add((host, posted));
            }
        }
    }
}
