using System.Text;

namespace VoucherFunctions.InMemoryStorage.Tables;

/// <summary>One request inside a batch.</summary>
internal sealed record BatchPart(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>The multipart body of a <c>$batch</c> request and of its answer.</summary>
internal static class BatchBody
{
    /// <summary>The requests of the one change set, in order.</summary>
    public static List<BatchPart> Read(byte[] body)
    {
        var parts = new List<BatchPart>();
        var lines = new Lines(body);
        var line = lines.Next();
        while (line is not null)
        {
            // Headers of the parts, boundaries and empty lines all lead to the next request line.
            line = lines.Next();
            if (line?.EndsWith(" HTTP/1.1", StringComparison.Ordinal) == true)
            {
                var words = line.Split(' ');
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (lines.Next() is { Length: > 0 } header)
                {
                    var colon = header.IndexOf(':', StringComparison.Ordinal);
                    headers[header[..colon]] = header[(colon + 1)..].Trim();
                }
                parts.Add(new BatchPart(words[0], words[1], headers, lines.ToBoundary()));
            }
        }
        return parts;
    }

    public static byte[] Write(IEnumerable<(int Status, string Headers, byte[] Body)> answers)
    {
        using var stream = new MemoryStream();
        Write(stream, "--batchresponse_m\r\nContent-Type: multipart/mixed; boundary=changesetresponse_m\r\n\r\n");
        foreach (var (status, headers, body) in answers)
        {
            Write(stream, "--changesetresponse_m\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Write(stream, $"HTTP/1.1 {status} {(status == 204 ? "No Content" : "Failed")}\r\nDataServiceVersion: 3.0;\r\n{headers}\r\n");
            stream.Write(body);
            Write(stream, "\r\n");
        }
        Write(stream, "--changesetresponse_m--\r\n--batchresponse_m--\r\n");
        return stream.ToArray();
    }

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private sealed class Lines(byte[] text)
    {
        private int _at;

        public string? Next()
        {
            if (_at >= text.Length)
            {
                return null;
            }
            var rest = text.AsSpan(_at);
            var end = rest.IndexOf("\r\n"u8);
            var line = end < 0 ? rest : rest[..end];
            _at += line.Length + 2;
            return Encoding.UTF8.GetString(line);
        }

        /// <summary>Everything before the next boundary.</summary>
        public byte[] ToBoundary()
        {
            var rest = text.AsSpan(_at);
            var end = rest.IndexOf("--changeset"u8);
            var content = rest[..end].TrimEnd("\r\n"u8);
            _at += end;
            return content.ToArray();
        }
    }
}
