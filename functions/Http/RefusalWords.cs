using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>A refusal in words that a person can act on, and the name of the next step.</summary>
public sealed record RefusalWords(string Title, string Text, string Action)
{
    private const string Unavailable = "unavailable";
    private const string Other = "other";

    private static readonly Dictionary<string, RefusalWords> French = new()
    {
        [Problems.SessionRequired.Code] = new(
            "Connectez-vous",
            "Connectez-vous pour ouvrir cette page. Par sécurité, une session se ferme après 60\u00A0minutes sans activité.",
            "Se connecter"),
        [Problems.AccountExpired.Code] = new(
            "Votre accès a expiré",
            "Les 90\u00A0jours sont passés\u00A0: la formation et les documents ne sont plus accessibles. Pour un nouvel accès, il faut un nouveau bon de l’ORP.",
            "J’ai un nouveau bon"),
        [Problems.NotFound.Code] = new(
            "Cette page n’existe pas",
            "La formation a peut-être changé. Commencez par le début.",
            "Formation"),
        [Problems.DocumentUnknown.Code] = new(
            "Ce document n’est plus ici",
            "Il a été supprimé, peut-être dans une autre fenêtre.",
            "Mes documents"),
        [Problems.DocumentDamaged.Code] = new(
            "Ce document ne peut pas être ouvert",
            "Il n’est plus tel que vous l’avez enregistré\u00A0: nous ne le remettons pas. Supprimez-le, envoyez-le de nouveau si vous l’avez encore, et écrivez-nous.",
            "Mes documents"),
        [Problems.TooManyAttempts.Code] = new(
            "Trop d’essais",
            "Par sécurité, il faut attendre un peu.",
            "Réessayer"),
        [Problems.KeyMissing.Code] = new(
            "Service indisponible",
            "Vos données ne peuvent pas être ouvertes pour le moment. Rien n’est perdu\u00A0: l’exploitant en est averti. Réessayez plus tard.",
            "Réessayer"),
        [Unavailable] = new(
            "Service indisponible",
            "Le service est indisponible pour le moment. Rien n’est perdu\u00A0: réessayez dans quelques minutes.",
            "Réessayer"),
        [Other] = new(
            "Cela n’a pas marché",
            "Essayez encore une fois.",
            "Continuer"),
    };

    private static readonly Dictionary<string, RefusalWords> German = new()
    {
        [Problems.SessionRequired.Code] = new(
            "Melden Sie sich an",
            "Melden Sie sich an, um diese Seite zu öffnen. Aus Sicherheit endet eine Sitzung nach 60 Minuten ohne Aktivität.",
            "Anmelden"),
        [Problems.AccountExpired.Code] = new(
            "Ihr Zugang ist abgelaufen",
            "Die 90 Tage sind vorbei: Kurs und Dokumente sind nicht mehr zugänglich. Für einen neuen Zugang braucht es einen neuen Gutschein vom RAV.",
            "Ich habe einen neuen Gutschein"),
        [Problems.NotFound.Code] = new(
            "Diese Seite gibt es nicht",
            "Der Kurs ist vielleicht geändert worden. Beginnen Sie am Anfang.",
            "Kurs"),
        [Problems.DocumentUnknown.Code] = new(
            "Dieses Dokument ist nicht mehr hier",
            "Es wurde gelöscht, vielleicht in einem anderen Fenster.",
            "Meine Dokumente"),
        [Problems.DocumentDamaged.Code] = new(
            "Dieses Dokument lässt sich nicht öffnen",
            "Es ist nicht mehr so, wie Sie es gespeichert haben, darum geben wir es nicht heraus. Löschen Sie es und senden Sie es nochmals, falls Sie es noch haben, und schreiben Sie uns.",
            "Meine Dokumente"),
        [Problems.TooManyAttempts.Code] = new(
            "Zu viele Versuche",
            "Aus Sicherheit müssen Sie etwas warten.",
            "Nochmals versuchen"),
        [Problems.KeyMissing.Code] = new(
            "Dienst nicht verfügbar",
            "Ihre Daten lassen sich im Moment nicht öffnen. Nichts ist verloren: Der Betreiber weiss davon. Versuchen Sie es später wieder.",
            "Nochmals versuchen"),
        [Unavailable] = new(
            "Dienst nicht verfügbar",
            "Der Dienst ist im Moment nicht verfügbar. Nichts ist verloren: Versuchen Sie es in ein paar Minuten wieder.",
            "Nochmals versuchen"),
        [Other] = new(
            "Das hat nicht geklappt",
            "Versuchen Sie es nochmals.",
            "Weiter"),
    };

    private static readonly Dictionary<string, RefusalWords> Italian = new()
    {
        [Problems.SessionRequired.Code] = new(
            "Acceda",
            "Acceda per aprire questa pagina. Per sicurezza, una sessione si chiude dopo 60 minuti senza attività.",
            "Accedere"),
        [Problems.AccountExpired.Code] = new(
            "Il suo accesso è scaduto",
            "I 90 giorni sono passati: la formazione e i documenti non sono più accessibili. Per un nuovo accesso serve un nuovo buono dell’URC.",
            "Ho un nuovo buono"),
        [Problems.NotFound.Code] = new(
            "Questa pagina non esiste",
            "La formazione è forse cambiata. Cominci dall’inizio.",
            "Formazione"),
        [Problems.DocumentUnknown.Code] = new(
            "Questo documento non è più qui",
            "È stato eliminato, forse in un’altra finestra.",
            "I miei documenti"),
        [Problems.DocumentDamaged.Code] = new(
            "Questo documento non può essere aperto",
            "Non è più come lo ha salvato, perciò non lo consegniamo. Lo elimini, lo invii di nuovo se lo ha ancora e ci scriva.",
            "I miei documenti"),
        [Problems.TooManyAttempts.Code] = new(
            "Troppi tentativi",
            "Per sicurezza bisogna attendere un po’.",
            "Riprova"),
        [Problems.KeyMissing.Code] = new(
            "Servizio non disponibile",
            "I suoi dati non possono essere aperti in questo momento. Nulla è perso: il gestore ne è avvisato. Riprovi più tardi.",
            "Riprova"),
        [Unavailable] = new(
            "Servizio non disponibile",
            "Il servizio non è disponibile in questo momento. Nulla è perso: riprovi tra qualche minuto.",
            "Riprova"),
        [Other] = new(
            "Non ha funzionato",
            "Riprovi.",
            "Continuare"),
    };

    private static readonly Dictionary<string, RefusalWords> English = new()
    {
        [Problems.SessionRequired.Code] = new(
            "Log in",
            "Log in to open this page. For safety, a session ends after 60 minutes without activity.",
            "Log in"),
        [Problems.AccountExpired.Code] = new(
            "Your access has expired",
            "The 90 days are over: the training and the documents are closed. For new access you need a new voucher from the employment office.",
            "I have a new voucher"),
        [Problems.NotFound.Code] = new(
            "This page does not exist",
            "The training may have changed. Begin at the start.",
            "Training"),
        [Problems.DocumentUnknown.Code] = new(
            "This document is no longer here",
            "It was deleted, perhaps in another window.",
            "My documents"),
        [Problems.DocumentDamaged.Code] = new(
            "This document cannot be opened",
            "It is no longer as you saved it, so we do not hand it out. Delete it and send it again if you still have it, and write to us.",
            "My documents"),
        [Problems.TooManyAttempts.Code] = new(
            "Too many attempts",
            "For safety you need to wait a little.",
            "Try again"),
        [Problems.KeyMissing.Code] = new(
            "Service unavailable",
            "Your data cannot be opened at the moment. Nothing is lost: the operator has been told. Try again later.",
            "Try again"),
        [Unavailable] = new(
            "Service unavailable",
            "The service is not available at the moment. Nothing is lost: try again in a few minutes.",
            "Try again"),
        [Other] = new(
            "That did not work",
            "Try once more.",
            "Continue"),
    };

    public static RefusalWords Of(Refusal refusal, Language language)
    {
        var all = language switch
        {
            Language.De => German,
            Language.It => Italian,
            Language.En => English,
            _ => French,
        };
        return all.GetValueOrDefault(refusal.Code) ?? all[refusal.Status >= 500 ? Unavailable : Other];
    }
}
