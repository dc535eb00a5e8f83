namespace VoucherFunctions.Domain.Documents;

/// <summary>
/// The reasons for refusing a file: its kind. The codes are part of the contract. The website has a text for each that says what helps.
/// </summary>
public static class UnkeptContent
{
    public const string Empty = "empty";
    public const string NoEnding = "no-ending";
    public const string Protected = "protected";
    public const string Macros = "macros";
    public const string Apple = "apple";
    public const string WebPage = "web-page";
    public const string Mail = "mail";
    public const string Archive = "archive";
    public const string Picture = "picture";
    public const string Video = "video";
    public const string Audio = "audio";
    public const string Shortcut = "shortcut";
    public const string Program = "program";
    public const string Unknown = "unknown";

    private static readonly Dictionary<string, string> ByEnding = Reasons(
        (Macros, "docm dotm xlsm xltm pptm potm ppsm"),
        (Apple, "pages numbers key"),
        (WebPage, "html htm xhtml mht mhtml webarchive"),
        (Mail, "msg eml emlx"),
        (Archive, "zip rar 7z gz tgz tar bz2 xz cab"),
        (Picture, "bmp svg psd ico dng raw cr2 nef ai eps"),
        (Video, "mov mp4 m4v avi mkv webm 3gp mpg mpeg wmv"),
        (Audio, "mp3 m4a wav ogg opus aac amr flac wma"),
        (Shortcut, "lnk url webloc gdoc gsheet gslides icloud"),
        (Program, "exe msi bat cmd com scr ps1 vbs js jar sh app apk dmg"));

    public static IReadOnlyList<string> All { get; } =
        [Empty, NoEnding, Protected, Macros, Apple, WebPage, Mail, Archive, Picture, Video, Audio, Shortcut, Program, Unknown];

    public static Refusal Refuse(string reason) => Problems.DocumentTypeNotAllowed.With("reason", reason);

    /// <summary>The refusal for a name whose ending is not of a document.</summary>
    public static Refusal RefuseName(string name) => Refuse(DocumentType.EndingOf(name) is { Length: > 0 } ending ? ByEnding.GetValueOrDefault(ending, Unknown) : NoEnding);

    private static Dictionary<string, string> Reasons(params (string Reason, string Endings)[] reasons) => reasons
        .SelectMany(line => line.Endings.Split(' '), (line, ending) => (line.Reason, Ending: ending))
        .ToDictionary(pair => pair.Ending, pair => pair.Reason, StringComparer.OrdinalIgnoreCase);
}
