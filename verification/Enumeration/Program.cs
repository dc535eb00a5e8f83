using System.Globalization;
using VoucherFunctions.Enumeration;
using VoucherFunctions.Testing;

// Does the time of an answer tell whether an address has an account? Prints the medians of known and unknown addresses over many tries and
// their difference; exits with 1 when one reaches 5 ms. Usage: verification/run.sh enumeration [tries a class]
const double Allowed = 5;
var tries = args is [{ } first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 2000;

var azurite = new AzuriteFixture();
await azurite.InitializeAsync();
var isTold = false;
try
{
    await using var app = await TestApp.StartAsync(azurite);
    var attacker = await Attacker.PrepareAsync(app);
    Console.WriteLine($"{tries} tries a class, in random order; milliseconds.");
    Console.WriteLine($"{"",-14}{"known",10}{"unknown",10}{"difference",12}");
    foreach (var (name, measure) in attacker.Measurements)
    {
        var times = await measure(tries);
        var (known, unknown) = (Median(times.Known), Median(times.Unknown));
        var difference = Math.Abs(known - unknown);
        isTold |= difference >= Allowed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14}{known,10:f3}{unknown,10:f3}{difference,12:f3}"));
    }
}
finally
{
    await azurite.DisposeAsync();
}
return isTold ? 1 : 0;

static double Median(IReadOnlyList<double> values)
{
    var sorted = values.Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
