using System.Buffers.Binary;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Domain.Issuers;

/// <summary>
/// The codes of a batch, derived from its random nonce and the index: the same every time, and stored nowhere.
/// </summary>
public static class VoucherCodes
{
    public const int NonceBytes = 16;

    public static IEnumerable<(VoucherCode Code, VoucherId Id)> Of(Batch batch, HashingKeys keys)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var seed = new byte[NonceBytes + sizeof(int)];
            batch.Nonce.CopyTo(seed, 0);
            BinaryPrimitives.WriteInt32BigEndian(seed.AsSpan(NonceBytes), index);
            var code = VoucherCode.FromBits(keys.Hash(batch.KeyVersion, HashPurpose.VoucherCode, seed));
            yield return (code, VoucherId.Of(code, keys, batch.KeyVersion));
        }
    }
}
