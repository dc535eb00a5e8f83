namespace VoucherFunctions.Simulation.Mutants;

/// <summary>A text in the source of one type, and what stands in its place. White space between its tokens does not count.</summary>
/// <param name="Type">The type, wherever its file lies.</param>
/// <param name="Original">It must be there exactly once. With <c>‹</c> and <c>›</c> only what is between them is replaced.</param>
/// <param name="Mutated"><c>§</c> is true while the mutant is on, <c>…</c> is what was replaced.</param>
public sealed record Edit(string Type, string Original, string Mutated);

/// <summary>A mistake that somebody could make: one rule of the design switched off.</summary>
/// <param name="Name">As docs/reliability.md names it.</param>
/// <param name="Rule">The rule of the design that it breaks.</param>
/// <param name="Hints">Runs that are tried first: <c>flow @ scene</c> for crash points, <c>flow + flow @ scene</c> for pairs, these as the
/// exploration prints it with a fault, <c>seed N</c>, or <c>rotation</c>. Then the bounded exploration.</param>
public sealed record Mutant(string Name, string Rule, string[] Hints, params Edit[] Edits);
