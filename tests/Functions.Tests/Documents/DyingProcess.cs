using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Documents;

/// <summary>A process that dies before one of the writes of a request to tables or blobs: no write after it happens, whatever else is under way.</summary>
internal sealed class DyingProcess : Exception
{
    private const int MostWrites = 100;

    private DyingProcess()
    {
    }

    /// <summary>
    /// Tries the request again and again, dying before the first write, then before the second and so on, until it gets through. To whoever comes afterwards dying after a
    /// write, or at a read, is dying before the next write: that is every point there is. Returns how many there were.
    /// </summary>
    public static async Task<int> AtEveryWriteAsync(TestApp app, Func<int, Task> prepare, Func<int, Task> request, Func<int, Task> afterwards)
    {
        for (var call = 1; call < MostWrites; call++)
        {
            await prepare(call);
            var hasDied = false;
            app.Calls.BeforeWrite = number =>
            {
                hasDied |= number >= call;
                if (number >= call)
                {
                    throw new DyingProcess();
                }
            };
            await request(call);
            app.Calls.BeforeWrite = null;
            await app.SettleAsync();
            await afterwards(call);
            if (!hasDied)
            {
                return call - 1;
            }
        }
        throw new InvalidOperationException($"The request makes more than {MostWrites} writes.");
    }
}
