using System.Text.RegularExpressions;
using VoucherFunctions.Hosting;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Hosting;

/// <summary>
/// What the Functions host demands of functions. It takes the first that fits in the order of their names, so two that fit one request are a bug.
/// </summary>
public sealed partial class FunctionFileTests
{
    private static readonly IReadOnlyDictionary<string, FunctionFile> Files = FunctionFiles.Of(RouteTable.App);

    private static IEnumerable<(string Name, FunctionBinding Trigger)> HttpFunctions =>
        Files.Where(file => file.Value.Bindings[0].Type == "httpTrigger").Select(file => (file.Key, file.Value.Bindings[0]));

    [Fact]
    public void No_two_functions_answer_the_same_request()
    {
        var overlaps = from one in HttpFunctions
                       from other in HttpFunctions
                       where string.CompareOrdinal(one.Name, other.Name) < 0
                           && one.Trigger.Methods!.Intersect(other.Trigger.Methods!).Any()
                           && new RouteTemplate(one.Trigger.Route!).Overlaps(new RouteTemplate(other.Trigger.Route!))
                       select $"{one.Name} and {other.Name}";

        Assert.Empty(overlaps);
    }

    [Fact]
    public void Every_call_that_the_app_answers_is_a_function_and_every_function_is_answered()
    {
        var http = from function in HttpFunctions from method in function.Trigger.Methods! select $"{method.ToUpperInvariant()} /api/{function.Trigger.Route}";
        var timers = Files.Where(file => file.Value.Bindings[0].Type == "timerTrigger").Select(file => $"POST /{file.Key}");

        Assert.Equal(RouteTable.Calls.Order(StringComparer.Ordinal), http.Concat(timers).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_name_is_one_that_the_host_takes_and_no_two_differ_in_case_only()
    {
        Assert.All(Files.Keys, name => Assert.Matches(HostsName(), name));
        Assert.Equal(Files.Count, Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_function_of_a_route_has_one_trigger_and_one_output_and_its_access_is_the_apps_affair()
    {
        Assert.All(HttpFunctions, function =>
        {
            Assert.Equal([("httpTrigger", BindingDirection.In), ("http", BindingDirection.Out)], Files[function.Name].Bindings.Select(binding => (binding.Type, binding.Direction)));
            Assert.Equal("anonymous", function.Trigger.AuthLevel);
            Assert.NotEmpty(function.Trigger.Methods!);
            Assert.All(function.Trigger.Methods!, method => Assert.Equal(method.ToLowerInvariant(), method));
        });
    }

    [Fact]
    public void The_timers_are_these_at_these_times()
    {
        var timers = Files.Where(file => file.Value.Bindings[0].Type == "timerTrigger").ToList();

        Assert.All(timers, timer => Assert.Equal(BindingDirection.In, Assert.Single(timer.Value.Bindings).Direction));
        Assert.Equal(
            [
                ("CountVouchers", "0 45 * * * *"),
                ("DeleteExpiredData", "0 30 * * * *"),
                ("LockExpiredAccounts", "0 */5 * * * *"),
                ("RemoveOrphanBlobs", "0 10 * * * *"),
                ("RemoveUnactivatedRegistrations", "0 */5 * * * *"),
                ("RewrapAccountKeys", "0 15 * * * *"),
                ("SendExpiryReminders", "0 0 * * * *"),
                ("SendPendingMail", "0 * * * * *"),
            ],
            timers.Select(timer => (timer.Key, timer.Value.Bindings[0].Schedule!)));
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex HostsName();
}
