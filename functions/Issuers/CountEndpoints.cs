using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Http;

namespace VoucherFunctions.Issuers;

/// <summary>The vouchers that were issued on a day (UTC), by what they are now.</summary>
public sealed record DayCounts(DateOnly Day, VoucherCounts Counts);

/// <summary>An office's own counts: by day of issue, now; in total as of <c>AsOf</c>, at most a day ago.</summary>
public sealed record CountsView(DateOnly From, DateOnly To, IReadOnlyList<DayCounts> Days, VoucherCounts Total, DateTimeOffset AsOf);

/// <summary>One office among all.</summary>
public sealed record IssuerCountsView(string IssuerId, string Name, SuppressedCounts Counts);

/// <summary>All offices: numbers below 5 are missing, and totals that would give one away.</summary>
public sealed record AllCountsView(IReadOnlyList<IssuerCountsView> Issuers, SuppressedCounts Total, DateTimeOffset AsOf);

public static class CountEndpoints
{
    private const string Days = "yyyy-MM-dd";
    private const int DefaultDays = 31;
    private const int MostDays = 92;

    public static void MapCounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/counts", GetAsync)
            .Require(Requires.IssuerKey)
            .Describe(
                "GetCounts",
                Audience.Issuers,
                "How many of the office's vouchers are what: by the day of issue (UTC) and in total.",
                Problems.InvalidRequest);
        routes.MapGet("/api/counts/issuers", GetAllAsync)
            .Require(Requires.AdminKey)
            .Describe(
                "GetCountsOfIssuers",
                Audience.Administrators,
                "How many vouchers of each office are what. Numbers below 5 are missing, and totals that would give one away; test vouchers do not count.");
    }

    private static async Task<Results<Ok<CountsView>, Problem>> GetAsync(
        string? from, string? to, HttpContext http, CurrentIssuer caller, VoucherStatistics statistics, TimeProvider clock)
    {
        var fields = new RequestValidation();
        var last = Parse(fields, "to", to, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var first = Parse(fields, "from", from, last.AddDays(1 - DefaultDays));
        if (fields.Refusal is null && (first > last || last.DayNumber - first.DayNumber >= MostDays))
        {
            fields.Refuse("from", "out-of-range");
        }
        if (fields.Refusal is { } invalid)
        {
            return new Problem(invalid);
        }
        var counts = await statistics.CountAsync(caller.Holder.Issuer.Id, caller.Holder.IsTest, first, last, http.RequestAborted);
        return TypedResults.Ok(new CountsView(
            first, last, [.. counts.Days.Select(day => new DayCounts(day.Day, day.Counts))], counts.Total, counts.At));
    }

    private static async Task<Ok<AllCountsView>> GetAllAsync(HttpContext http, IssuerAdministration administration, VoucherStatistics statistics, TimeProvider clock)
    {
        var issuers = (await administration.ListAsync(http.RequestAborted)).Select(overview => overview.Issuer).ToList();
        var counted = new List<VoucherCounts>(issuers.Count);
        var oldest = clock.GetUtcNow();
        foreach (var issuer in issuers)
        {
            var counts = await statistics.CountAsync(issuer.Id, isTest: false, DateOnly.MaxValue, DateOnly.MaxValue, http.RequestAborted);
            counted.Add(counts.Total);
            oldest = Instants.Earlier(oldest, counts.At);
        }
        var (rows, sum) = SuppressedCounts.Of(counted);
        return TypedResults.Ok(new AllCountsView([.. issuers.Zip(rows, (issuer, row) => new IssuerCountsView(issuer.Id, issuer.Name, row))], sum, oldest));
    }

    private static DateOnly Parse(RequestValidation fields, string field, string? text, DateOnly otherwise)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }
        // Not the calendar's first and last months: what is computed from them would be outside it.
        if (!DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 2999)
        {
            fields.Refuse(field, "invalid");
            return otherwise;
        }
        return day;
    }
}
