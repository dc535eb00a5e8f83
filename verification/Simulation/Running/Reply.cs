using System.Text.Json.Nodes;

namespace VoucherFunctions.Simulation.Running;

/// <summary>What the outside sees of a request: the status and, of a refusal, its code. Status 0: no answer ever came.</summary>
public sealed record Reply(int Status, string? Code, JsonNode? Body, string? Cookie)
{
    /// <summary>The value of the device cookie, if the answer sets one.</summary>
    public string? Device { get; init; }

    public static Reply None { get; } = new(0, null, null, null);

    /// <summary>It may have happened or not.</summary>
    public bool IsUnsure => Status is 0 or >= 500;

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Text(string member) => Body?[member]?.GetValue<string>();

    public override string ToString() => Status == 0 ? "no answer" : Code is null ? $"{Status}" : $"{Status} {Code}";
}
