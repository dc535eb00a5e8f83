using VoucherFunctions.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
