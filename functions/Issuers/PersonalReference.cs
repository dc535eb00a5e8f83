using System.Text.RegularExpressions;

namespace VoucherFunctions.Issuers;

/// <summary>What must not be in a reference: it would tell who a voucher is for. AVS/AHV numbers (13 digits from 756) and e-mail addresses; and no hidden characters.</summary>
public static partial class PersonalReference
{
    public static bool IsFoundIn(string reference) => HiddenCharacters.AreIn(reference) || reference.Any(char.IsSurrogate) || Pattern().IsMatch(reference);

    [GeneratedRegex(@"7\W?5\W?6(\W?[0-9]){10}|\S@\S", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
