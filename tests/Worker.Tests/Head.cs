using Xunit;

namespace VoucherFunctions.Worker.Tests;

/// <summary>The two heads of the app: how the Functions host runs it.</summary>
public enum Head
{
    Worker,
    Native,
}

public static class Heads
{
    public static TheoryData<Head> Both => [Head.Worker, Head.Native];
}
