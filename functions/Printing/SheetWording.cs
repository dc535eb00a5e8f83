using VoucherFunctions.Domain;

namespace VoucherFunctions.Printing;

/// <summary>The words of a voucher's sheet in one language. No-break spaces are written \u00A0, so that they can be seen.</summary>
/// <param name="Title">What the sheet is; the service's name follows below it.</param>
/// <param name="How">Above the steps.</param>
/// <param name="Steps">Three, in the order in which they are done. {0} is the website's address.</param>
/// <param name="Elsewhere">On sheets in another language: one line, which begins with the language's own name.</param>
internal sealed record SheetWording(
    string Title, string CodeLabel, string UntilLabel, string Scan, string How, string[] Steps, string Rules, string TestNote, string QrLabel, string Help, string Elsewhere)
{
    private static readonly SheetWording French = new(
        "Bon pour une formation",
        "Code du bon",
        "À saisir au plus tard le",
        "Ou scannez ce code QR",
        "Comment faire",
        [
            "Ouvrez {0} et saisissez le code, ou scannez le code QR.",
            "Donnez votre nom et votre adresse e-mail. Un e-mail d’activation suit.",
            "Ouvrez le lien dans cet e-mail dans les 24\u00A0heures et choisissez un mot de passe\u00A0: la formation s’ouvre.",
        ],
        "L’accès dure 90\u00A0jours dès la saisie du code. Le bon ne sert qu’une fois et ne se cumule pas avec un autre. Conservez-le\u00A0: qui a le code peut l’utiliser.",
        "Bon de test, à ne remettre à personne",
        "Code QR\u00A0: ouvre le site avec le code déjà saisi",
        "Besoin d’aide\u00A0?",
        "Français\u00A0: saisissez ce code sur le site indiqué ci-dessous\u00A0; il existe aussi en français.");

    private static readonly SheetWording German = new(
        "Gutschein für einen Kurs",
        "Code des Gutscheins",
        "Einzugeben bis spätestens",
        "Oder diesen QR-Code scannen",
        "So geht es",
        [
            "Öffnen Sie {0} und geben Sie den Code ein, oder scannen Sie den QR-Code.",
            "Geben Sie Ihren Namen und Ihre E-Mail-Adresse an. Eine E-Mail zur Aktivierung folgt.",
            "Öffnen Sie innert 24\u00A0Stunden den Link in dieser E-Mail und wählen Sie ein Passwort: Der Kurs öffnet sich.",
        ],
        "Der Zugang dauert 90\u00A0Tage ab Eingabe des Codes. Der Gutschein gilt nur einmal und lässt sich nicht mit einem anderen kumulieren. Bewahren Sie ihn gut auf: Wer den Code hat, kann ihn einlösen.",
        "Testgutschein, nicht abgeben",
        "QR-Code: öffnet die Website mit dem schon eingegebenen Code",
        "Brauchen Sie Hilfe?",
        "Deutsch: Geben Sie diesen Code auf der unten genannten Website ein; es gibt sie auch auf Deutsch.");

    private static readonly SheetWording Italian = new(
        "Buono per una formazione",
        "Codice del buono",
        "Da inserire al più tardi",
        "O scansioni questo codice QR",
        "Come funziona",
        [
            "Apra {0} e inserisca il codice, oppure scansioni il codice QR.",
            "Indichi il Suo nome e il Suo indirizzo e-mail. Segue un’e-mail di attivazione.",
            "Apra entro 24\u00A0ore il link in questa e-mail e scelga una password: la formazione si apre.",
        ],
        "L’accesso dura 90\u00A0giorni dall’inserimento del codice. Il buono vale una sola volta e non è cumulabile con un altro. Lo conservi: chi ha il codice può usarlo.",
        "Buono di test, da non consegnare",
        "Codice QR: apre il sito con il codice già inserito",
        "Ha bisogno di aiuto?",
        "Italiano: inserisca questo codice sul sito indicato qui sotto; esiste anche in italiano.");

    private static readonly SheetWording English = new(
        "Voucher for a training",
        "Voucher code",
        "Enter it at the latest on",
        "Or scan this QR code",
        "How it works",
        [
            "Open {0} and enter the code, or scan the QR code.",
            "Give your name and your e-mail address. An activation e-mail follows.",
            "Open the link in that e-mail within 24\u00A0hours and choose a password: the training opens.",
        ],
        "Access lasts 90\u00A0days from the day you enter the code. The voucher works once and cannot be combined with another. Keep it safe: whoever has the code can use it.",
        "Test voucher, not to be handed out",
        "QR code: opens the website with the code filled in",
        "Need help?",
        "English: enter this code on the website named below; it is available in English, too.");

    public static SheetWording Of(Language language) => language switch
    {
        Language.De => German,
        Language.It => Italian,
        Language.En => English,
        _ => French,
    };
}
