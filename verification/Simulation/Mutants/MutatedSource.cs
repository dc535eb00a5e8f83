namespace VoucherFunctions.Simulation.Mutants;

/// <summary>
/// A copy of the app's source in which every mutant can be switched on while it runs (mutant schemata; Untch, Offutt and Harrold 1993), so that all of them need one build.
/// </summary>
public static class MutatedSource
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
                text = Apply(text, mutant, edit);
            }
            var copy = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, text);
        }
        if (unfound.Count > 0)
        {
            throw new InvalidOperationException($"No file for {string.Join(", ", unfound)}. Mend verification/Simulation/Mutants.");
        }
        File.WriteAllText(Path.Combine(target, "Mutation.cs"), Switch);
    }

    private static string Apply(string text, Mutant mutant, Edit edit)
    {
        var parts = text.Split(edit.Original);
        return parts.Length == 2
            ? string.Join(edit.Mutated.Replace("§", $"(Mutation.On == \"{mutant.Name}\")", StringComparison.Ordinal), parts)
            : throw new InvalidOperationException($"Mutant \"{mutant.Name}\": {edit.Type} has its place {parts.Length - 1} times and not once. Mend verification/Simulation/Mutants.");
    }
}
