using System.Collections.Immutable;

namespace VoucherFunctions.Domain;

/// <summary>
/// An expected "no": a stable code of the contract, what else the client is told (instants, seconds or texts), and when to try
/// again. The catalogue of problems knows the HTTP status and title of each code.
/// </summary>
public sealed record Refusal(string Code)
{
    public ImmutableArray<(string Name, object Value)> Members { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }

    public Refusal With(string name, object? value) => value is null ? this : this with { Members = Members.Add((name, value)) };

    /// <summary>The request's content is wrong: which field, and why.</summary>
    public static Refusal Invalid(string field, string reason) => new("invalid-request") { Members = [("errors", (field, reason))] };
}
