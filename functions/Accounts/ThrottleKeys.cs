using System.Text;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Storage;

namespace VoucherFunctions.Accounts;

/// <summary>Counters of addresses that belong to no account: a hash of their own for every day, so that they lead nowhere.</summary>
public static class ThrottleKeys
{
    public static ThrottleKey OfAddress(string kind, EmailAddress email, HashingKeys keys, DateTimeOffset now)
    {
        var window = ThrottleStore.DayWindow(kind, now);
        var hashed = keys.Hash(keys.Current, HashPurpose.Throttle, Encoding.UTF8.GetBytes($"{window}|{email.Normalised}"));
        return new ThrottleKey(window, Base32.Encode(hashed.AsSpan(0, VoucherId.Bytes)));
    }
}
