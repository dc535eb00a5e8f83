using System.Text;

namespace VoucherFunctions.Fuzzing;

/// <summary>
/// Something that reads what anybody may send, and what must hold whatever that is: it refuses or accepts, without an exception, and what it accepted keeps the promise of its type.
/// </summary>
public sealed record Parser(string Name, Action<byte[]> Check)
{
    public static IReadOnlyList<Parser> All { get; } =
    [
        Of("code", Texts.Code),
        Of("voucher-id", Texts.VoucherId),
        Of("email", Texts.Email),
        Of("name", Texts.Name),
        Of("token", Secrets.Token),
        Of("cookie", Secrets.Cookie),
        Of("key-ring", Secrets.KeyRing),
        Of("document-name", Files.DocumentName),
        Of("training-path", Files.TrainingPath),
        new("content", Files.Content),
        new("json", Bodies.Json),
        Of("csv", Texts.Csv),
        Of("client-address", Texts.ClientAddress),
    ];

    /// <summary>Bytes that are no UTF-8 become what the server makes of them: U+FFFD.</summary>
    private static Parser Of(string name, Action<string> check) => new(name, bytes => check(Encoding.UTF8.GetString(bytes)));

    internal static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(what);
        }
    }
}

public sealed class BrokenPromiseException(string what) : Exception(what);
