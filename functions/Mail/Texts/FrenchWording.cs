using VoucherFunctions.Domain;

namespace VoucherFunctions.Mail.Texts;

/// <summary>A no-break space inside « » and before : ; ! ?</summary>
internal sealed class FrenchWording() : MailWording(Language.Fr)
{
    public override string LanguageTag => "fr-CH";

    protected override string Closing => "Avec nos meilleures salutations";

    protected override string TestNote => "Ce message est un test\u00A0: le bon a été créé avec une clé de test.";

    protected override string Greeting(string? name) => name is null ? "Bonjour," : $"Bonjour {name},";

    protected override MailMessage Activation(MailDetails mail) => new(
        "Activez votre compte",
        [
            new Paragraph($"Vous avez saisi un bon pour {Quoted(mail.Service)}. Il reste une étape\u00A0: cliquez sur le lien et choisissez votre mot de passe."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AddressCorrected(MailDetails mail) => new(
        "Adresse corrigée\u00A0: activez votre compte",
        [
            new Paragraph($"Vous avez saisi un bon pour {Quoted(mail.Service)}, puis l’adresse e-mail a été corrigée. Les liens envoyés avant ne fonctionnent plus. Cliquez sur ce nouveau lien et choisissez votre mot de passe."),
            .. ActivationLink(mail),
        ]);

    protected override MailMessage AlreadyHasAccount(MailDetails mail) => new(
        "Vous avez déjà un compte",
        [
            new Paragraph($"Quelqu’un (sans doute vous) a saisi un bon pour {Quoted(mail.Service)} avec cette adresse e-mail. Mais cette adresse a déjà un compte.{(mail.HasEnd ? $" Ce compte est ouvert jusqu’au {Dates.LastMinute(mail.AccessUntil)}." : "")}"),
            new Paragraph("Un deuxième bon ne peut pas s’ajouter à ce compte. Le bon n’est donc pas utilisé. Tant qu’il est valable, vous pouvez le saisir après la fin de ce compte, ou une autre personne peut le saisir."),
            new Button("Me connecter", mail.LoginLink),
            new Paragraph($"Si vous ne savez plus votre mot de passe, choisissez {Quoted("Mot de passe oublié\u00A0?")} sur la page de connexion."),
            new Note("Ce n’était pas vous\u00A0? Vous n’avez rien à faire\u00A0: votre compte ne change pas."),
        ]);

    protected override MailMessage PasswordReset(MailDetails mail) => new(
        "Choisissez un nouveau mot de passe",
        [
            new Paragraph($"Vous avez demandé un nouveau mot de passe pour {Quoted(mail.Service)}. Cliquez sur le lien et choisissez votre nouveau mot de passe."),
            new Button("Choisir un nouveau mot de passe", mail.ResetLink),
            new Paragraph($"Ce lien fonctionne une seule fois, jusqu’au {Dates.DateAndTime(mail.ResetBefore)}."),
            new Note("Vous n’avez rien demandé\u00A0? Ignorez ce message\u00A0: votre ancien mot de passe reste valable."),
        ]);

    protected override MailMessage PasswordChanged(MailDetails mail) => new(
        "Votre mot de passe a été changé",
        [
            new Paragraph($"Le mot de passe de votre compte {Quoted(mail.Service)} a été changé le {Dates.DateAndTime(mail.Now)}. Toutes les autres sessions sont fermées."),
            new Paragraph("C’était vous\u00A0? Vous n’avez rien à faire."),
            new Paragraph("Ce n’était pas vous\u00A0? Choisissez tout de suite un nouveau mot de passe."),
            new Button("Choisir un nouveau mot de passe", mail.ForgotLink),
        ]);

    protected override MailMessage ExpiryReminder(MailDetails mail)
    {
        var (when, day) = mail.DaysLeft switch
        {
            0 => ("ce soir", ""),
            1 => ("demain", ""),
            var days => ($"dans {days} jours", "le "),
        };

        return new(
            $"Votre accès se termine {when}",
            [
                new Paragraph($"Votre accès à {Quoted(mail.Service)} se termine {when}, {day}{Dates.LastMinute(mail.AccessUntil)}."),
                new Paragraph("D’ici là, téléchargez vos documents."),
                new Button("Télécharger mes documents", mail.DocumentsLink),
                new Paragraph("Ensuite, vous n’aurez plus accès ni à la formation ni à vos documents."),
            ]);
    }

    protected override MailMessage AccountClosed(MailDetails mail) => new(
        "Votre accès est terminé",
        [
            new Paragraph($"Votre accès à {Quoted(mail.Service)} s’est terminé le {Dates.LastMinute(mail.AccessUntil)}. La formation et vos documents ne sont plus accessibles."),
            new Paragraph($"Vos données seront effacées au plus tard le {Dates.LastDay(mail.DeletedAtLatest)}. Vous n’avez rien à faire."),
        ]);

    protected override MailMessage ResetAfterEnd(MailDetails mail) => new(
        "Votre accès a pris fin",
        [
            new Paragraph($"Vous avez demandé un nouveau mot de passe pour {Quoted(mail.Service)}. Mais votre accès s’est terminé le {Dates.LastMinute(mail.AccessUntil)}. Un nouveau mot de passe ne l’ouvrirait plus."),
            new Paragraph("Pour un nouvel accès, il vous faut un nouveau bon de l’ORP."),
            new Paragraph($"Vos données seront effacées au plus tard le {Dates.LastDay(mail.DeletedAtLatest)}."),
            new Note("Vous n’avez rien demandé\u00A0? Ignorez ce message."),
        ]);

    protected override MailMessage DataDeleted(MailDetails mail) => new(
        "Vos données sont effacées",
        [
            new Paragraph($"Tout ce que {Quoted(mail.Service)} conservait sur vous est effacé\u00A0: votre compte, vos données et vos documents."),
            new Paragraph("C’est notre dernier message. Vous n’avez rien à faire."),
        ]);

    private static string Quoted(string text) => $"«\u00A0{text}\u00A0»";

    private MailBlock[] ActivationLink(MailDetails mail) =>
    [
        new Button("Choisir mon mot de passe", mail.ActivateLink),
        new Paragraph($"Ce lien est valable jusqu’au {Dates.DateAndTime(mail.ActivateBefore)}. Après, il faut saisir de nouveau le bon sur notre site."),
        new Paragraph($"Votre accès est ouvert jusqu’au {Dates.LastMinute(mail.AccessUntil)}."),
        new Note("Vous n’avez rien demandé\u00A0? Ignorez ce message. Si aucun mot de passe n’est choisi, les données saisies sont effacées automatiquement dès que le lien n’est plus valable."),
    ];
}
