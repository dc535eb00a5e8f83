using System.Collections.Concurrent;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Security;

/// <summary>
/// At most so many <i>wrong</i> guesses a minute from one network address, also in parallel; right ones are free, since an office shares one address.
/// Each guess takes a place before it is evaluated and gives it back if it was right; who finds no place waits for the guesses under way.
/// Lives in the instance's memory.
/// </summary>
public sealed class GuessLimiter(int wrongPerMinute, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Source> _sources = new();
    private long _prunedTicks;

    private int WrongPerMinute => wrongPerMinute;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes a place, or tells when one will be free.</summary>
    public async Task<Result<Guess>> BeginAsync(string source, CancellationToken cancellation)
    {
        Prune();
        while (true)
        {
            var state = _sources.GetOrAdd(source, _ => new Source());
            Task waiting;
            lock (state)
            {
                if (state.Removed)
                {
                    continue;
                }
                var now = clock.GetUtcNow();
                state.Forget(now - Window);
                if (state.Wrong.Count >= wrongPerMinute)
                {
                    return Problems.TooManyAttempts with { RetryAfter = state.Wrong.Peek() + Window - now };
                }
                if (state.Wrong.Count + state.UnderWay < wrongPerMinute)
                {
                    state.UnderWay++;
                    return new Guess(this, source, state);
                }
                waiting = state.Changed.Task;
            }
            await waiting.WaitAsync(cancellation);
        }
    }

    /// <summary>Once a minute, forgets the sources whose guesses are all past.</summary>
    private void Prune()
    {
        var now = clock.GetUtcNow();
        var last = Interlocked.Read(ref _prunedTicks);
        if (now.UtcTicks - last < Window.Ticks || Interlocked.CompareExchange(ref _prunedTicks, now.UtcTicks, last) != last)
        {
            return;
        }
        foreach (var (source, state) in _sources)
        {
            lock (state)
            {
                RemoveIfIdle(source, state, now);
            }
        }
    }

    private void RemoveIfIdle(string source, Source state, DateTimeOffset now)
    {
        state.Forget(now - Window);
        if (state is { UnderWay: 0, Wrong.Count: 0 })
        {
            state.Removed = true;
            _sources.TryRemove(source, out _);
        }
    }

    private void End(string source, Source state, bool wrong)
    {
        TaskCompletionSource changed;
        lock (state)
        {
            state.UnderWay--;
            if (wrong)
            {
                state.Wrong.Enqueue(clock.GetUtcNow());
            }
            changed = state.Changed;
            state.Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            RemoveIfIdle(source, state, clock.GetUtcNow());
        }
        changed.SetResult();
    }

    /// <summary>One guess under way. Unless said otherwise it was not wrong.</summary>
    public sealed class Guess : IDisposable
    {
        private readonly GuessLimiter _limiter;
        private readonly string _source;
        private readonly Source _state;

        internal Guess(GuessLimiter limiter, string source, Source state) => (_limiter, _source, _state) = (limiter, source, state);

        public bool WasWrong { get; set; }

        /// <summary>Other instances have seen so many wrong ones that this source has no guess left for now.</summary>
        public void BlockSource()
        {
            lock (_state)
            {
                while (_state.Wrong.Count < _limiter.WrongPerMinute)
                {
                    _state.Wrong.Enqueue(_limiter.Now);
                }
            }
        }

        public void Dispose() => _limiter.End(_source, _state, WasWrong);
    }

    internal sealed class Source
    {
        public Queue<DateTimeOffset> Wrong { get; } = new();

        public int UnderWay { get; set; }

        public bool Removed { get; set; }

        public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Forget(DateTimeOffset before)
        {
            while (Wrong.TryPeek(out var at) && at <= before)
            {
                Wrong.Dequeue();
            }
        }
    }
}
