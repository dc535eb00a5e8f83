using System.Net;
using UglyToad.PdfPig;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

internal static class Sheets
{
    /// <summary>The words of all pages as a reader copies them, no-break spaces as spaces. KEEP_SHEETS names a folder to keep the file in, to be looked at.</summary>
    public static string TextOf(Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.ToString());
        if (Environment.GetEnvironmentVariable("KEEP_SHEETS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{Guid.NewGuid():N}.pdf"), answer.Bytes);
        }
        using var document = PdfDocument.Open(answer.Bytes);
        var words = document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text);
        return string.Join(' ', words).Replace('\u00A0', ' ');
    }
}
