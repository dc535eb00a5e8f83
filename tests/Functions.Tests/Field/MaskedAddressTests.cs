using VoucherFunctions.Domain.Accounts;
using Xunit;

namespace VoucherFunctions.Tests.Field;

public sealed class MaskedAddressTests
{
    public static TheoryData<string, string> Addresses => Corpus.Read("masked-addresses.tsv");

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Somebody_who_looks_over_a_shoulder_reads_one_character_of_the_name(string address, string shown) =>
        Assert.Equal(shown, MaskedAddress.Of(address));
}
