namespace VoucherFunctions.Benchmarks.Servers;

/// <summary>This app over one <see cref="VoucherSystem"/>: each sign-up takes the next of the codes that were issued for it.</summary>
internal sealed class VoucherApp(string name, Func<Task<RunningServer>> start, IReadOnlyList<string> codes) : IContestant
{
    private int _used;

    public string Name => name;

    public Task<RunningServer> StartAsync() => start();

    public HttpRequestMessage SignUp(int person) => VoucherSystem.Registration(codes[_used++], person);
}
