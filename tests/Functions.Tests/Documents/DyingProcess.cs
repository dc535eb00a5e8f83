using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Documents;

/// <summary>A process that dies before one of the storage or blob calls of a request: no call after it happens, whatever else is under way.</summary>
internal sealed class DyingProcess : Exception
{
    private DyingProcess()
    {
    }

    /// <summary>
    /// Tries the request again and again, dying at the first call, then at the second and so on, until it gets through. Dying after a call is dying before the next
    /// one. Returns how many calls there were to die at.
    /// </summary>
    public static async Task<int> AtEveryCallAsync(TestApp app, Func<int, Task> prepare, Func<int, Task> request, Func<int, Task> afterwards)
    {
        for (var call = 1; ; call++)
        {
            await prepare(call);
            var hasDied = false;
            app.Calls.Before = number =>
            {
                hasDied |= number >= call;
                if (number >= call)
                {
                    throw new DyingProcess();
                }
            };
            await request(call);
            app.Calls.Before = null;
            await app.SettleAsync();
            await afterwards(call);
            if (!hasDied)
            {
                return call - 1;
            }
        }
    }
}
