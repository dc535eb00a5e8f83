using VoucherFunctions.Domain.Issuers;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

public sealed class PersonalReferenceTests
{
    [Theory]
    [InlineData("756.1234.5678.97")]
    [InlineData("7561234567897")]
    [InlineData("756 1234 5678 97")]
    [InlineData("756-1234-5678-97")]
    [InlineData("756_1234_5678_97")]
    [InlineData("756 . 1234 . 5678 . 97")]
    [InlineData("7 5 6 1 2 3 4 5 6 7 8 9 7")]
    [InlineData("756\u00A01234\u202F5678\u200797")]
    [InlineData("７５６.１２３４.５６７８.９７")]
    [InlineData("dossier 756.1234.5678.97 B")]
    [InlineData("AVS:756.1234.5678.97/2")]
    [InlineData("A7561234567897Z")]
    public void An_AVS_number_is_found_however_it_is_written(string reference) => Assert.True(PersonalReference.IsFoundIn(reference));

    [Theory]
    [InlineData("756.1234.5678.90")]
    [InlineData("n° 7561234567890")]
    public void An_AVS_number_with_a_typing_error_is_found_where_it_stands_alone(string reference) => Assert.True(PersonalReference.IsFoundIn(reference));

    [Theory]
    [InlineData("17561234567897", true)]
    [InlineData("75612345678970", true)]
    [InlineData("75675612345678970", true)]
    [InlineData("17561234567890", false)]
    [InlineData("75612345678900", false)]
    [InlineData("2026112275612345678901", false)]
    public void Within_a_longer_number_the_check_digit_decides(string reference, bool isFound) => Assert.Equal(isFound, PersonalReference.IsFoundIn(reference));

    [Fact]
    public void An_AVS_number_from_before_2008_is_found() => Assert.True(PersonalReference.IsFoundIn("dossier 123.45.678.113"));

    [Theory]
    [InlineData("anne.muster@example.ch")]
    [InlineData("pour Anne <a@b>")]
    [InlineData("anne@example")]
    [InlineData("anne @ example.ch")]
    [InlineData("anne ＠ example.ch")]
    [InlineData("anne＠example.ch")]
    [InlineData("anne﹫example.ch")]
    [InlineData("é@ü.ch")]
    public void An_email_address_is_found(string reference) => Assert.True(PersonalReference.IsFoundIn(reference));

    [Theory]
    [InlineData("")]
    [InlineData("Dossier 17")]
    [InlineData("LAU-2026-11-0042")]
    [InlineData("756")]
    [InlineData("756.1234.5678.9")]
    [InlineData("7561234")]
    [InlineData("Salle 12 @ 14 h 30")]
    [InlineData("@SUM(A1:A9)")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("9780306406157")]
    public void What_tells_nothing_about_a_person_is_not(string reference) => Assert.False(PersonalReference.IsFoundIn(reference));
}
