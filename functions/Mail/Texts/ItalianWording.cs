using VoucherFunctions.Domain;

namespace VoucherFunctions.Mail.Texts;

/// <summary>Italian as written in Switzerland: «…» without spaces.</summary>
internal sealed class ItalianWording() : MailWording(Language.It)
{
    public override string LanguageTag => "it-CH";

    protected override string Closing => "Cordiali saluti";

    protected override string TestNote => "Questo messaggio è un test: il buono è stato creato con una chiave di test.";

    protected override string Greeting(string? name) => name is null ? "Buongiorno," : $"Buongiorno {name},";

    protected override MailMessage Activation(MailDetails mail) => new(
        "Attivi il Suo account",
        [
            new Paragraph($"Ha inserito un buono per {Quoted(mail.Service)}. Manca ancora un passo: clicchi sul link e scelga la Sua password."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AddressCorrected(MailDetails mail) => new(
        "Indirizzo corretto: attivi il Suo account",
        [
            new Paragraph($"Ha inserito un buono per {Quoted(mail.Service)}. Poi l’indirizzo e-mail è stato corretto. I link inviati prima non funzionano più. Clicchi su questo nuovo link e scelga la Sua password."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AlreadyHasAccount(MailDetails mail) => new(
        "Ha già un account",
        [
            new Paragraph($"Qualcuno (probabilmente Lei) ha inserito un buono per {Quoted(mail.Service)} con questo indirizzo e-mail. Per questo indirizzo, però, esiste già un account.{(mail.HasEnd ? $" Questo account dura fino a {Dates.LastMinute(mail.AccessUntil)}." : "")}"),
            new Paragraph("Non si può aggiungere un secondo buono a questo account. Il buono resta quindi inutilizzato. Finché è valido, può inserirlo dopo la fine di questo account. Può inserirlo anche un’altra persona."),
            new Button("Accedere", mail.LoginLink),
            new Paragraph($"Se non ricorda più la password, scelga {Quoted("Password dimenticata?")} nella pagina di accesso."),
            new Note("Non è stata un’azione Sua? Non deve fare nulla: il Suo account non cambia."),
        ]);

    protected override MailMessage PasswordReset(MailDetails mail) => new(
        "Scelga una nuova password",
        [
            new Paragraph($"Ha chiesto una nuova password per {Quoted(mail.Service)}. Clicchi sul link e scelga la Sua nuova password."),
            new Button("Scegliere una nuova password", mail.ResetLink),
            new Paragraph($"Il link funziona una sola volta e solo fino a {Dates.DateAndTime(mail.ResetBefore)}."),
            new Note("Non ha chiesto nulla? Ignori questo messaggio: la Sua vecchia password resta valida."),
        ]);

    protected override MailMessage PasswordChanged(MailDetails mail) => new(
        "La Sua password è stata cambiata",
        [
            new Paragraph($"La password del Suo account {Quoted(mail.Service)} è stata cambiata {Dates.DateAndTime(mail.Now)}. Tutte le altre sessioni sono chiuse."),
            new Paragraph("L’ha cambiata Lei? Non deve fare nulla."),
            new Paragraph("Non l’ha cambiata Lei? Scelga subito una nuova password."),
            new Button("Scegliere una nuova password", mail.ForgotLink),
        ]);

    protected override MailMessage ExpiryReminder(MailDetails mail)
    {
        var when = mail.DaysLeft switch
        {
            0 => "questa sera",
            1 => "domani",
            var days => $"tra {days} giorni",
        };

        return new(
            $"Il Suo accesso termina {when}",
            [
                new Paragraph($"Il Suo accesso a {Quoted(mail.Service)} termina {when}, {Dates.LastMinute(mail.AccessUntil)}."),
                new Paragraph("Prima di allora scarichi i Suoi documenti."),
                new Button("Scaricare i miei documenti", mail.DocumentsLink),
                new Paragraph("Dopo non avrà più accesso né alla formazione né ai Suoi documenti."),
            ]);
    }

    protected override MailMessage AccountClosed(MailDetails mail) => new(
        "Il Suo accesso è terminato",
        [
            new Paragraph($"Il Suo accesso a {Quoted(mail.Service)} è terminato {Dates.LastMinute(mail.AccessUntil)}. La formazione e i Suoi documenti non sono più accessibili."),
            new Paragraph($"I Suoi dati saranno cancellati al più tardi {Dates.LastDay(mail.DeletedAtLatest)}. Non deve fare nulla."),
        ]);

    protected override MailMessage ResetAfterEnd(MailDetails mail) => new(
        "Il Suo accesso è scaduto",
        [
            new Paragraph($"Ha chiesto una nuova password per {Quoted(mail.Service)}. Ma il Suo accesso è terminato {Dates.LastMinute(mail.AccessUntil)}. Una nuova password non lo aprirebbe più."),
            new Paragraph("Per un nuovo accesso Le serve un nuovo buono dell’URC."),
            new Paragraph($"I Suoi dati saranno cancellati al più tardi {Dates.LastDay(mail.DeletedAtLatest)}."),
            new Note("Non ha chiesto nulla? Ignori questo messaggio."),
        ]);

    protected override MailMessage DataDeleted(MailDetails mail) => new(
        "I Suoi dati sono cancellati",
        [
            new Paragraph($"Tutto ciò che {Quoted(mail.Service)} conservava su di Lei è cancellato: il Suo account, i Suoi dati e i Suoi documenti."),
            new Paragraph("Questo è il nostro ultimo messaggio. Non deve fare nulla."),
        ]);

    private static string Quoted(string text) => $"«{text}»";

    private MailBlock[] ActivationLink(MailDetails mail) =>
    [
        new Button("Scegliere la password", mail.ActivateLink),
        new Paragraph($"Il link è valido fino a {Dates.DateAndTime(mail.ActivateBefore)}. Dopo bisogna inserire di nuovo il buono sul nostro sito."),
        new Paragraph($"Il Suo accesso dura fino a {Dates.LastMinute(mail.AccessUntil)}."),
        new Note("Non ha chiesto nulla? Ignori questo messaggio. Se non si sceglie una password, i dati inseriti vengono cancellati automaticamente dopo la scadenza del link."),
    ];
}
