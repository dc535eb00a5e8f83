using Grpc.Core;
using VoucherFunctions.Worker.Tests.Host.Rpc;

namespace VoucherFunctions.Worker.Tests.Host;

/// <summary>The host's end of the one stream between host and worker.</summary>
public sealed class FunctionRpcService(WorkerChannel channel) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var writing = WriteAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                channel.Receive(message);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The process ended.
        }
        finally
        {
            channel.Close();
        }
        await writing;
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> responses, CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in channel.Outgoing.ReadAllAsync(cancellation))
            {
                await responses.WriteAsync(message, cancellation);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or OperationCanceledException)
        {
            // The stream ended.
        }
    }
}
