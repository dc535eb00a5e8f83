using System.Net;
using UglyToad.PdfPig;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Issuers;

internal static class Sheets
{
    /// <summary>The words of all pages as a reader copies them, no-break spaces as spaces.</summary>
    public static string TextOf(Answer answer)
    {
        using var document = PdfDocument.Open(Kept(answer));
        var words = document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text);
        return string.Join(' ', words).Replace('\u00A0', ' ');
    }

    /// <summary>The file. KEEP_SHEETS names a folder to keep it in, to be looked at.</summary>
    public static byte[] Kept(Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.ToString());
        if (Environment.GetEnvironmentVariable("KEEP_SHEETS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{Guid.NewGuid():N}.pdf"), answer.Bytes);
        }
        return answer.Bytes;
    }
}
