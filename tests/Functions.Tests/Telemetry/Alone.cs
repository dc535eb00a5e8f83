using Xunit;

namespace VoucherFunctions.Tests.Telemetry;

/// <summary>For tests that record spans: whoever records in a process records the spans of every app in it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
