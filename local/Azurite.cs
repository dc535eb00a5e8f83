using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VoucherFunctions.Local;

/// <summary>Azurite as a child process on free ports; it ends with this process, however that ends.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private Azurite(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts it, in memory unless a folder is given, and waits until tables answer.</summary>
    /// <exception cref="TimeoutException">It did not answer within two minutes.</exception>
    public static async Task<Azurite> StartAsync(string localFolder, string? dataFolder, CancellationToken cancellation)
    {
        int[] ports = [FreePort(), FreePort(), FreePort()];
        string[] storage = dataFolder is null ? ["--inMemoryPersistence"] : ["--location", dataFolder];
        var start = new ProcessStartInfo("node") { WorkingDirectory = localFolder, RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "azurite.cjs", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", Text(ports[0]), "--queuePort", Text(ports[1]), "--tablePort", Text(ports[2]), .. storage,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var azurite = new Azurite(process, ConnectionStringOf(ports));
        await azurite.WaitForAsync(ports[0], cancellation);
        await azurite.WaitForAsync(ports[2], cancellation);
        return azurite;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Azurite's well-known development account: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite</summary>
    private static string ConnectionStringOf(int[] ports)
    {
        const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task WaitForAsync(int port, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartTime)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"Azurite ended with code {_process.ExitCode}.");
            }
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        }
        throw new TimeoutException("Azurite does not answer.");
    }
}
