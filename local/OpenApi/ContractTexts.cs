using VoucherFunctions.Http;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>What the document says in prose.</summary>
internal static class ContractTexts
{
    public const string Introduction = """
        Vouchers for online trainings: offices issue them, participants redeem them, administrators look after the offices.

        - **JSON** in and out, camelCase. Members that a request does not know, and members that come twice, are refused; expect new members in answers. A member without a value is missing, never null.
        - **Instants** are UTC in ISO 8601 with a `Z`; days are `yyyy-MM-dd`.
        - **Refusals** are problem documents (RFC 9457, `application/problem+json`) with a stable `code`: decide by that. Every call lists its own. A path that does not exist is 404 `not-found`, a method that a path does not have 405 `method-not-allowed`.
        - **Repeating** is safe: after a lost connection, 429, 500 or 503 send the same request again, not before `Retry-After` when there is one.
        - **Browsers** may change something only from the site's own origin (403 `origin-not-allowed`).
        - Every answer says `Cache-Control: no-store` and `X-Content-Type-Options: nosniff` unless its own description says otherwise.
        """;

    public static string Of(Audience audience) => audience switch
    {
        Audience.Participants => "For the website: from the code on paper to the account, and what is in it. The session is a cookie.",
        Audience.Issuers => "For the systems of the offices: issue vouchers, print, follow and revoke them. An office sees its own only, and never who uses them.",
        Audience.Administrators => "For the administrators of the platform: offices, their keys and quotas, and what the timers will do. No personal data.",
        _ => "Without any key: whether the service is well, and this document.",
    };

    /// <summary>Of an answer without content.</summary>
    public static string OfEmpty(string status) => status == "202" ? "Taken. The answer tells nothing else." : "Done. There is no content.";
}
