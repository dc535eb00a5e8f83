using System.Globalization;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Printing;

/// <summary>The same line in another language.</summary>
internal sealed record OtherLanguage(string Tag, string Text);

/// <summary>Every word of a voucher's sheet, for the printed page and the accessible one alike.</summary>
internal sealed record SheetContent(VoucherSheet Sheet, SheetWording Words, string Office, string Service, SiteOrigin Site, HelpContact Contact)
{
    /// <summary>Issued with a test key: the sheet says so.</summary>
    public required bool IsTest { get; init; }

    public string LanguageTag => TagOf(Sheet.Language);

    public string Title => Words.Title;

    public string Until => SwissDates.In(Sheet.Language).DateAndTime(Sheet.RedeemableUntil);

    public IEnumerable<string> Steps => Words.Steps.Select(step => string.Format(CultureInfo.InvariantCulture, step, Address));

    /// <summary>The address as people type it.</summary>
    public string Address => Site.Uri.IsDefaultPort ? Site.Uri.Host : Site.Uri.Authority;

    public string SiteUrl => $"{Site.Value}/";

    /// <summary>Null when there is nobody to ask.</summary>
    public string? Help => Contact.Email is { } email ? $"{Words.Help} {email}" : null;

    /// <summary>In the three other languages, for whoever cannot read the sheet's own.</summary>
    public IEnumerable<OtherLanguage> Others => Enum.GetValues<Language>()
        .Where(language => language != Sheet.Language)
        .Select(language => new OtherLanguage(TagOf(language), SheetWording.Of(language).Elsewhere));

    public static SheetContent Of(SheetPile pile, VoucherSheet sheet, ServiceName service, SiteOrigin site, HelpContact contact) =>
        new(sheet, SheetWording.Of(sheet.Language), pile.OfficeName, service.In(sheet.Language), site, contact) { IsTest = pile.IsTest };

    private static string TagOf(Language language) => language == Language.De ? "de-CH" : language.Code();
}
