using System.Collections.Immutable;

namespace VoucherFunctions.Domain;

/// <summary>
/// An expected "no": one of the <see cref="Problems"/> of the contract, what else the client is told (instants, seconds or texts), and when to try again.
/// Only the catalogue makes new ones, so a code that does not exist does not compile.
/// </summary>
public sealed record Refusal
{
    internal Refusal(string code, int status, string title) => (Code, Status, Title) = (code, status, title);

    public string Code { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public string Title { get; }

    public ImmutableArray<(string Name, object Value)> Members { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it is this problem, whatever else it says.</summary>
    public bool Is(Refusal problem) => Code == problem.Code;

    public Refusal With(string name, object? value) => value is null ? this : this with { Members = Members.Add((name, value)) };

    /// <summary>The request's content is wrong: which field, and why.</summary>
    public static Refusal Invalid(string field, string reason) => Problems.InvalidRequest with { Members = [("errors", (field, reason))] };
}
