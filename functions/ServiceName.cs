using VoucherFunctions.Domain;

namespace VoucherFunctions;

/// <summary>What the operator calls the service in each language: in mails and on sheets. All of these names are forbidden in passwords.</summary>
public sealed record ServiceName(string French, string German, string Italian, string English)
{
    public IReadOnlyList<string> All { get; } = [.. new[] { French, German, Italian, English }.Distinct(StringComparer.Ordinal)];

    public string In(Language language) => language switch
    {
        Language.Fr => French,
        Language.De => German,
        Language.It => Italian,
        Language.En => English,
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };
}
