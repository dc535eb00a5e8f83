namespace VoucherFunctions.Documents;

/// <summary>A person's own documents.</summary>
public static class DocumentsSetup
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<DocumentSeals>()
        .AddSingleton<DocumentBlobs>()
        .AddSingleton<DocumentContents>()
        .AddSingleton<PersonalDocuments>()
        .AddSingleton<DocumentZip>()
        .AddSingleton<ArchiveTurns>();
}
