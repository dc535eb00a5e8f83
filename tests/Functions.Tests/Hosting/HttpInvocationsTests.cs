using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using VoucherFunctions.Hosting.Worker;
using VoucherFunctions.Http;
using Xunit;

namespace VoucherFunctions.Tests.Hosting;

/// <summary>The host sends an invocation over gRPC and its request over HTTP. Either may arrive first, alone, or too late.</summary>
public sealed class HttpInvocationsTests
{
    private const string Id = "4c1d3f0e-0000-4000-8000-000000000001";
    private static readonly OriginalRequest Original = new("""{"X-Forwarded-For":"203.0.113.5"}""");
    private readonly FakeTimeProvider _clock = new();
    private readonly HttpInvocations _invocations;

    public HttpInvocationsTests() => _invocations = new HttpInvocations(_clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_gets_the_headers_of_its_invocation_in_either_order(bool isRequestFirst)
    {
        var request = new Request();

        var handling = isRequestFirst ? _invocations.HandleAsync(request.Http, request.AnswerAsync) : null;
        var executing = _invocations.ExecuteAsync(Id, Original, CancellationToken.None);
        handling ??= _invocations.HandleAsync(request.Http, request.AnswerAsync);
        await Task.WhenAll(handling, executing).WaitAsync(Cancellation);

        Assert.Equal("203.0.113.5", request.ForwardedFor);
        Assert.Equal(0, _invocations.Open);
    }

    [Fact]
    public async Task A_request_without_an_invocation_goes_on_as_unknown()
    {
        var request = new Request();

        var handling = _invocations.HandleAsync(request.Http, request.AnswerAsync);
        _clock.Advance(HttpInvocations.Longest);
        await handling.WaitAsync(Cancellation);

        Assert.Equal("", request.ForwardedFor);
        Assert.Equal(0, _invocations.Open);
    }

    [Fact]
    public async Task An_invocation_without_a_request_fails()
    {
        var executing = _invocations.ExecuteAsync(Id, Original, CancellationToken.None);
        _clock.Advance(HttpInvocations.Longest);

        await Assert.ThrowsAsync<TimeoutException>(() => executing.WaitAsync(Cancellation));
        Assert.Equal(0, _invocations.Open);
    }

    [Theory]
    [InlineData("""{"x-ms-invocation-id":"4c1d3f0e-0000-4000-8000-000000000001"}""")]
    [InlineData("""{"X-Ms-Invocation-Id":""}""")]
    [InlineData("""{"X-MS-INVOCATION-ID":["a","b"],"X-Forwarded-For":"203.0.113.5"}""")]
    public async Task An_invocation_whose_client_sent_an_id_waits_for_nothing(string headers)
    {
        var executing = _invocations.ExecuteAsync(Id, new OriginalRequest(headers), CancellationToken.None);
        _clock.Advance(HttpInvocations.Longest);
        await executing.WaitAsync(Cancellation);

        Assert.Equal(0, _invocations.Open);
    }

    [Fact]
    public async Task A_second_request_with_the_id_of_one_under_way_is_unknown()
    {
        var (first, second) = (new Request { Waits = true }, new Request());
        var executing = _invocations.ExecuteAsync(Id, Original, CancellationToken.None);
        var handling = _invocations.HandleAsync(first.Http, first.AnswerAsync);
        await first.Reached.WaitAsync(Cancellation);

        await _invocations.HandleAsync(second.Http, second.AnswerAsync).WaitAsync(Cancellation);
        first.Release();
        await Task.WhenAll(handling, executing).WaitAsync(Cancellation);

        Assert.Equal(("203.0.113.5", ""), (first.ForwardedFor, second.ForwardedFor));
    }

    [Fact]
    public async Task A_cancelled_invocation_aborts_its_request_and_none_after_it()
    {
        using var cancel = new CancellationTokenSource();
        var request = new Request { Waits = true };
        var executing = _invocations.ExecuteAsync(Id, Original, cancel.Token);
        var handling = _invocations.HandleAsync(request.Http, request.AnswerAsync);
        await request.Reached.WaitAsync(Cancellation);

        await cancel.CancelAsync();
        var wasAborted = request.IsAborted;
        request.Release();
        await Task.WhenAll(handling, executing).WaitAsync(Cancellation);

        Assert.True(wasAborted);
        Assert.Equal(0, _invocations.Open);
    }

    [Fact]
    public async Task A_cancellation_after_the_answer_aborts_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var request = new Request();
        var executing = _invocations.ExecuteAsync(Id, Original, cancel.Token);
        await _invocations.HandleAsync(request.Http, request.AnswerAsync).WaitAsync(Cancellation);

        await cancel.CancelAsync();
        await executing.WaitAsync(Cancellation);

        Assert.False(request.IsAborted);
    }

    /// <summary>A request to the app, and the answer to it.</summary>
    private sealed class Request : IHttpRequestLifetimeFeature
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Request()
        {
            Http.Features.Set<IHttpRequestLifetimeFeature>(this);
            Http.Request.Headers[HttpInvocations.IdHeader] = Id;
        }

        public DefaultHttpContext Http { get; } = new();

        public bool Waits { get; init; }

        public Task Reached => _reached.Task;

        public string? ForwardedFor { get; private set; }

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Release() => _released.SetResult();

        public void Abort() => IsAborted = true;

        public async Task AnswerAsync(HttpContext http)
        {
            ForwardedFor = http.Features.Get<IForwardedFor>()?.ForwardedFor;
            _reached.SetResult();
            if (Waits)
            {
                await _released.Task;
            }
        }
    }
}
