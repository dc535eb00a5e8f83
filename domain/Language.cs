namespace VoucherFunctions.Domain;

/// <summary>A language of mails and pages. French is the default where nothing was chosen.</summary>
public enum Language
{
    Fr,
    De,
    It,
    En,
}

public static class Languages
{
    /// <summary>The two-letter code of ISO 639-1, as in the contract: <c>fr</c>, <c>de</c>, <c>it</c>, <c>en</c>.</summary>
    public static string Code(this Language language) => language switch
    {
        Language.De => "de",
        Language.It => "it",
        Language.En => "en",
        _ => "fr",
    };

    public static bool TryParse(string? code, out Language language)
    {
        language = code switch
        {
            "de" => Language.De,
            "it" => Language.It,
            "en" => Language.En,
            _ => Language.Fr,
        };
        return language != Language.Fr || code == "fr";
    }
}
