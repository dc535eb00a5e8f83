using VoucherFunctions.Worker.Tests;
using VoucherFunctions.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(PublishedFixture))]

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
