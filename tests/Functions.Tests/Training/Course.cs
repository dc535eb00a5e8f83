using System.Text;
using Azure.Storage.Blobs.Models;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Tests.Training;

/// <summary>A course in the container, as an administrator's upload leaves it.</summary>
internal static class Course
{
    public static Task PutAsync(TestApp app, string name, string text) => PutAsync(app, name, Encoding.UTF8.GetBytes(text));

    public static Task PutAsync(TestApp app, string name, byte[] content) => app.Container("training").GetBlobClient(name).UploadAsync(
        new BinaryData(content),
        // What a careless upload says of every file: it must not matter.
        new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" } });

    public static Task<Answer> GetAsync(this Journey person, string path, params (string Name, string Value)[] headers) =>
        person.Client.SendAsync(HttpMethod.Get, $"/api/training{path}", null, null, headers);

    /// <summary>As a browser asks for what its address bar says.</summary>
    public static Task<Answer> VisitAsync(this Journey person, string path) => person.GetAsync(path, ("Sec-Fetch-Dest", "document"));
}
