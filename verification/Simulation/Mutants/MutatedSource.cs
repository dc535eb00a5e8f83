using System.Text.RegularExpressions;

namespace VoucherFunctions.Simulation.Mutants;

/// <summary>
/// A copy of the app's source in which every mutant can be switched on while it runs (mutant schemata; Untch, Offutt and Harrold 1993), so that all of them need one build.
/// </summary>
public static partial class MutatedSource
{
    private static readonly string[] Projects = ["domain", "functions"];

    private const string Switch = """
        namespace VoucherFunctions;

        public static class Mutation
        {
            [ThreadStatic]
            private static string? _on;

            public static string? On
            {
                get => _on;
                set => _on = value;
            }
        }
        """;

    public static void Write(string repository, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }
        var edits = SeededMutants.All.SelectMany(mutant => mutant.Edits.Select(edit => (mutant, edit))).ToLookup(each => each.edit.Type);
        var unfound = edits.Select(type => type.Key).ToHashSet();
        var lost = new List<string>();
        foreach (var file in Projects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(repository, project), "*.cs", SearchOption.AllDirectories)))
        {
            var name = Path.GetRelativePath(repository, file).Replace('\\', '/');
            if (name == "functions/Program.cs" || name.Split('/')[1] is "obj" or "bin")
            {
                continue;
            }
            var text = File.ReadAllText(file);
            var type = Path.GetFileNameWithoutExtension(file);
            unfound.Remove(type);
            foreach (var (mutant, edit) in edits[type])
            {
                if (Apply(text, mutant, edit, out var places) is { } mutated)
                {
                    text = mutated;
                }
                else
                {
                    lost.Add($"Mutant \"{mutant.Name}\": {edit.Type} has its place {places} times and not once.");
                }
            }
            var copy = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, text);
        }
        lost.AddRange(unfound.Select(type => $"No file for {type}."));
        if (lost.Count > 0)
        {
            throw new InvalidOperationException($"Mend verification/Simulation/Mutants:\n{string.Join('\n', lost)}");
        }
        File.WriteAllText(Path.Combine(target, "Mutation.cs"), Switch);
    }

    /// <summary>Null when the place is not there exactly once.</summary>
    private static string? Apply(string text, Mutant mutant, Edit edit, out int places)
    {
        var found = Place(edit.Original).Matches(text);
        places = found.Count;
        if (found is not [{ Groups: [_, var replaced] }])
        {
            return null;
        }
        var mutated = edit.Mutated
            .Replace("…", replaced.Value, StringComparison.Ordinal)
            .Replace("§", $"(Mutation.On == \"{mutant.Name}\")", StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, replaced.Index), mutated, text.AsSpan(replaced.Index + replaced.Length));
    }

    /// <summary>Any white space, or none, is allowed between two tokens; what is replaced has none around it.</summary>
    private static Regex Place(string original)
    {
        const string Space = @"\s*";
        var marked = original.Contains('‹', StringComparison.Ordinal) ? original : $"‹{original}›";
        var tokens = Token().Matches(marked).Select(token => Word().IsMatch(token.Value) ? $@"\b{token.Value}\b" : Regex.Escape(token.Value));
        return new Regex(string.Join(Space, tokens)
            .Replace($"‹{Space}", "(", StringComparison.Ordinal)
            .Replace($"{Space}›", ")", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\w+|\S")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Word();
}
