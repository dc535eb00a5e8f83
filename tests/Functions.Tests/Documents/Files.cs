using System.Text;

namespace VoucherFunctions.Tests.Documents;

/// <summary>Contents of documents, always the same for the same size.</summary>
internal static class Files
{
    public static byte[] Pdf(int size = 1000, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        Encoding.ASCII.GetBytes("%PDF-1.7\n").AsSpan(0, Math.Min(9, size)).CopyTo(content);
        return content;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The local header of a ZIP's first entry, and what follows.</summary>
    public static byte[] Zip(string firstName, string content = "") =>
        [.. "PK\u0003\u0004"u8, .. new byte[22], (byte)firstName.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(firstName + content)];
}
