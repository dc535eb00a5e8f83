using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Issuers;

/// <summary>The vouchers that were issued on a day (UTC), by what they are now.</summary>
public sealed record DayCounts(DateOnly Day, VoucherCounts Counts);

/// <summary>An office's own counts: by day of issue, now; in total as of <c>AsOf</c>, at most a day ago.</summary>
public sealed record CountsView(DateOnly From, DateOnly To, IReadOnlyList<DayCounts> Days, VoucherCounts Total, DateTimeOffset AsOf);

/// <summary>One office among all.</summary>
public sealed record OfficeCountsView(string IssuerId, string Name, SuppressedCounts Counts);

/// <summary>All offices: numbers below 5 are missing.</summary>
public sealed record AllCountsView(IReadOnlyList<OfficeCountsView> Issuers, SuppressedCounts Total, DateTimeOffset AsOf);

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
                "invalid-request");
        routes.MapGet("/api/counts/issuers", GetAllAsync)
            .Require(Requires.AdminKey)
            .Describe(
                "GetCountsOfIssuers",
                Audience.Administrators,
                "How many vouchers of each office are what. Numbers below 5 are missing; test vouchers do not count.");
    }

    private static async Task<Results<Ok<CountsView>, Problem>> GetAsync(
        string? from, string? to, HttpContext http, CurrentIssuer caller, Counting counting, TimeProvider clock)
    {
        var fields = new Fields();
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
        var counts = await counting.CountAsync(caller.Holder.Issuer.Id, caller.Holder.IsTest, first, last, http.RequestAborted);
        return TypedResults.Ok(new CountsView(
            first, last, [.. counts.Days.Select(day => new DayCounts(day.Day, day.Counts))], counts.Total, counts.At));
    }

    private static async Task<Ok<AllCountsView>> GetAllAsync(HttpContext http, Offices offices, Counting counting, TimeProvider clock)
    {
        var views = new List<OfficeCountsView>();
        var (total, oldest) = (VoucherCounts.None, clock.GetUtcNow());
        foreach (var issuer in (await offices.ListAsync(http.RequestAborted)).Select(office => office.Issuer))
        {
            var counts = await counting.CountAsync(issuer.Id, isTest: false, DateOnly.MaxValue, DateOnly.MaxValue, http.RequestAborted);
            views.Add(new OfficeCountsView(issuer.Id, issuer.Name, SuppressedCounts.Of(counts.Total)));
            total += counts.Total;
            oldest = Instants.Earlier(oldest, counts.At);
        }
        return TypedResults.Ok(new AllCountsView(views, SuppressedCounts.OfSum(total, [.. views.Select(view => view.Counts)]), oldest));
    }

    private static DateOnly Parse(Fields fields, string field, string? text, DateOnly otherwise)
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
