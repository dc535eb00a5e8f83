using VoucherFunctions.Domain.Unicode;

namespace VoucherFunctions.Domain.Accounts;

/// <summary>
/// A password in the form in which it is judged, hashed and compared: Mac and Windows write the same letters in different ways. NFKC, as NIST SP 800-63B-4, 3.1.1.2 says.
/// </summary>
public static class PasswordForms
{
    public static string Normal(string typed) => NormalForms.Compatible(typed);

    /// <summary>
    /// The form to try once more on a hash from before there was a normal form: as it was typed, or as a Mac would have written it. Null when the normal form is the only one.
    /// </summary>
    public static string? Older(string typed)
    {
        var normal = Normal(typed);
        var older = typed == normal ? NormalForms.Decomposed(typed) : typed;
        return older == normal ? null : older;
    }
}
