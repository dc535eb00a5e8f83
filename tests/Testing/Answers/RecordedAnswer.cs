namespace VoucherFunctions.Testing.Answers;

/// <summary>An answer as the client got it. Of the body only JSON is kept.</summary>
internal sealed record RecordedAnswer(string Test, string Method, string Path, int Status, IReadOnlyDictionary<string, string> Headers, string? Body);
