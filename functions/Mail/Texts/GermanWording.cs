using VoucherFunctions.Domain;

namespace VoucherFunctions.Mail.Texts;

/// <summary>German as written in Switzerland: ss, «…» without spaces, no comma after the greeting.</summary>
internal sealed class GermanWording() : MailWording(Language.De)
{
    public override string LanguageTag => "de-CH";

    protected override string Closing => "Freundliche Grüsse";

    protected override string TestNote => "Diese Nachricht ist ein Test: Der Gutschein wurde mit einem Testschlüssel erstellt.";

    protected override string Greeting(string? name) => name is null ? "Guten Tag" : $"Guten Tag {name}";

    protected override MailMessage Activation(MailDetails mail) => new(
        "Aktivieren Sie Ihr Konto",
        [
            new Paragraph($"Sie haben einen Gutschein für {Quoted(mail.Service)} eingegeben. Es fehlt noch ein Schritt: Klicken Sie auf den Link und wählen Sie Ihr Passwort."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AddressCorrected(MailDetails mail) => new(
        "Adresse korrigiert: Aktivieren Sie Ihr Konto",
        [
            new Paragraph($"Sie haben einen Gutschein für {Quoted(mail.Service)} eingegeben. Danach wurde die E-Mail-Adresse korrigiert. Frühere Links funktionieren nicht mehr. Klicken Sie auf diesen neuen Link und wählen Sie Ihr Passwort."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AlreadyHasAccount(MailDetails mail) => new(
        "Sie haben schon ein Konto",
        [
            new Paragraph($"Jemand (wahrscheinlich Sie) hat mit dieser E-Mail-Adresse einen Gutschein für {Quoted(mail.Service)} eingegeben. Für diese Adresse gibt es aber schon ein Konto.{(mail.HasEnd ? $" Dieses Konto läuft bis {Dates.LastMinute(mail.AccessUntil)}." : "")}"),
            new Paragraph("Ein zweiter Gutschein lässt sich diesem Konto nicht hinzufügen. Der Gutschein bleibt deshalb unbenutzt. Solange er gültig ist, können Sie ihn nach dem Ende dieses Kontos eingeben. Auch eine andere Person kann ihn eingeben."),
            new Button("Anmelden", mail.LoginLink),
            new Paragraph($"Wenn Sie Ihr Passwort nicht mehr wissen, wählen Sie auf der Anmeldeseite {Quoted("Passwort vergessen?")}."),
            new Note("Waren das nicht Sie? Sie müssen nichts tun: Ihr Konto bleibt, wie es ist."),
        ]);

    protected override MailMessage PasswordReset(MailDetails mail) => new(
        "Wählen Sie ein neues Passwort",
        [
            new Paragraph($"Sie haben für {Quoted(mail.Service)} ein neues Passwort verlangt. Klicken Sie auf den Link und wählen Sie Ihr neues Passwort."),
            new Button("Neues Passwort wählen", mail.ResetLink),
            new Paragraph($"Der Link funktioniert nur einmal und nur bis {Dates.DateAndTime(mail.ResetBefore)}."),
            new Note("Haben Sie nichts verlangt? Dann ignorieren Sie diese Nachricht: Ihr bisheriges Passwort bleibt gültig."),
        ]);

    protected override MailMessage PasswordChanged(MailDetails mail) => new(
        "Ihr Passwort wurde geändert",
        [
            new Paragraph($"Das Passwort Ihres Kontos bei {Quoted(mail.Service)} wurde am {Dates.DateAndTime(mail.Now)}, geändert. Alle anderen Sitzungen sind beendet."),
            new Paragraph("Waren Sie das? Dann müssen Sie nichts tun."),
            new Paragraph("Waren das nicht Sie? Dann wählen Sie sofort ein neues Passwort."),
            new Button("Neues Passwort wählen", mail.ForgotLink),
        ]);

    protected override MailMessage ExpiryReminder(MailDetails mail)
    {
        var (when, day) = mail.DaysLeft switch
        {
            0 => ("heute Abend", ""),
            1 => ("morgen", ""),
            var days => ($"in {days} Tagen", "am "),
        };

        return new(
            $"Ihr Zugang endet {when}",
            [
                new Paragraph($"Ihr Zugang zu {Quoted(mail.Service)} endet {when}, {day}{Dates.LastMinute(mail.AccessUntil)}."),
                new Paragraph("Laden Sie vorher Ihre Dokumente herunter."),
                new Button("Meine Dokumente herunterladen", mail.DocumentsLink),
                new Paragraph("Danach haben Sie keinen Zugang mehr zur Schulung und zu Ihren Dokumenten."),
            ]);
    }

    protected override MailMessage AccountClosed(MailDetails mail) => new(
        "Ihr Zugang ist beendet",
        [
            new Paragraph($"Ihr Zugang zu {Quoted(mail.Service)} endete am {Dates.LastMinute(mail.AccessUntil)}. Die Schulung und Ihre Dokumente sind nicht mehr zugänglich."),
            new Paragraph($"Ihre Daten werden spätestens am {Dates.LastDay(mail.DeletedAtLatest)}, gelöscht. Sie müssen nichts tun."),
        ]);

    protected override MailMessage ResetAfterEnd(MailDetails mail) => new(
        "Ihr Zugang ist abgelaufen",
        [
            new Paragraph($"Sie haben für {Quoted(mail.Service)} ein neues Passwort verlangt. Ihr Zugang endete aber am {Dates.LastMinute(mail.AccessUntil)}. Ein neues Passwort würde ihn nicht mehr öffnen."),
            new Paragraph("Für einen neuen Zugang brauchen Sie einen neuen Gutschein vom RAV."),
            new Paragraph($"Ihre Daten werden spätestens am {Dates.LastDay(mail.DeletedAtLatest)}, gelöscht."),
            new Note("Haben Sie nichts verlangt? Dann ignorieren Sie diese Nachricht."),
        ]);

    protected override MailMessage DataDeleted(MailDetails mail) => new(
        "Ihre Daten sind gelöscht",
        [
            new Paragraph($"Alles, was {Quoted(mail.Service)} über Sie gespeichert hatte, ist gelöscht: Ihr Konto, Ihre Angaben und Ihre Dokumente."),
            new Paragraph("Das ist unsere letzte Nachricht. Sie müssen nichts tun."),
        ]);

    private static string Quoted(string text) => $"«{text}»";

    private MailBlock[] ActivationLink(MailDetails mail) =>
    [
        new Button("Passwort wählen", mail.ActivateLink),
        new Paragraph($"Der Link ist gültig bis {Dates.DateAndTime(mail.ActivateBefore)}. Danach müssen Sie den Gutschein auf unserer Website neu eingeben."),
        new Paragraph($"Ihr Zugang läuft bis {Dates.LastMinute(mail.AccessUntil)}."),
        new Note("Haben Sie nichts verlangt? Dann ignorieren Sie diese Nachricht. Wird kein Passwort gewählt, werden die eingegebenen Angaben automatisch gelöscht, sobald der Link abgelaufen ist."),
    ];
}
