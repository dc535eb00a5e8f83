using VoucherFunctions.Testing;
using VoucherFunctions.Testing.Answers;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(AnswerCheck))]
