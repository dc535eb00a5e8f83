using System.Globalization;
using System.Text;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Documents;

/// <summary>The text in a ZIP that says which documents are not in it.</summary>
/// <param name="Missing">"These documents are not in this file."</param>
/// <param name="Nameless">How many more there are whose name cannot be read: <c>{0}</c>.</param>
internal sealed record MissingDocumentsNote(string FileName, string Missing, string Nameless)
{
    private static readonly MissingDocumentsNote French = new(
        "Documents manquants.txt",
        "Ces documents ne sont pas dans ce fichier\u00A0: leur contenu est perdu ou endommagé. Supprimez-les de la liste ou déposez-les à nouveau.",
        "Documents dont même le nom n’est plus lisible\u00A0: {0}");

    private static readonly MissingDocumentsNote German = new(
        "Fehlende Dokumente.txt",
        "Diese Dokumente sind nicht in dieser Datei: Ihr Inhalt ist verloren oder beschädigt. Löschen Sie sie aus der Liste oder laden Sie sie nochmals hoch.",
        "Dokumente, von denen auch der Name nicht mehr lesbar ist: {0}");

    private static readonly MissingDocumentsNote Italian = new(
        "Documenti mancanti.txt",
        "Questi documenti non sono in questo file: il loro contenuto è perso o danneggiato. Li elimini dall’elenco o li carichi di nuovo.",
        "Documenti di cui neppure il nome è più leggibile: {0}");

    private static readonly MissingDocumentsNote English = new(
        "Missing documents.txt",
        "These documents are not in this file: their content is lost or damaged. Remove them from the list, or upload them again.",
        "Documents of which not even the name can be read: {0}");

    public static MissingDocumentsNote In(Language language) => language switch
    {
        Language.De => German,
        Language.It => Italian,
        Language.En => English,
        _ => French,
    };

    /// <summary>With the mark of UTF-8 and the line ends that every editor knows.</summary>
    public string Text(IReadOnlyList<string> names, int nameless)
    {
        var text = new StringBuilder("\uFEFF").Append(Missing).Append("\r\n\r\n");
        foreach (var name in names)
        {
            text.Append("- ").Append(name).Append("\r\n");
        }
        return nameless == 0 ? text.ToString() : text.AppendFormat(CultureInfo.InvariantCulture, Nameless, nameless).Append("\r\n").ToString();
    }
}
