using System.Diagnostics.Metrics;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Domain.Vouchers;

namespace VoucherFunctions.Telemetry;

/// <summary>Records the metrics of <see cref="Metric"/>. Costs next to nothing while nobody listens.</summary>
public sealed class VoucherMetrics
{
    public const string MeterName = "VoucherFunctions";

    /// <summary>The timer that counts vouchers, as a kind of sweep.</summary>
    public const string Count = "Count";

    /// <summary>The timer that wraps accounts' keys anew, as a kind of sweep.</summary>
    public const string Rewrap = "Rewrap";

    private readonly Dictionary<Metric, Counter<long>> _counters;
    private readonly Dictionary<Metric, Histogram<double>> _distributions;

    public VoucherMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _counters = Metric.All.Where(metric => !metric.IsDistribution).ToDictionary(metric => metric, metric => meter.CreateCounter<long>(metric.Name, metric.Unit));
        _distributions = Metric.All.Where(metric => metric.IsDistribution).ToDictionary(metric => metric, metric => meter.CreateHistogram<double>(metric.Name, metric.Unit));
    }

    public void Issued(Voucher voucher) => Add(Metric.Changes, voucher.IsTest ? [] : ["issued"]);

    /// <summary>To be called once for each commit.</summary>
    public void Committed(Voucher before, Voucher after, DateTimeOffset now) => Add(Metric.Changes, VoucherChanges.Of(before, after, now));

    public void Counted(int active, int locked)
    {
        Record(Metric.Accounts, active, "active");
        Record(Metric.Accounts, locked, "locked");
    }

    /// <param name="done">Items that a run settled.</param>
    /// <param name="oldestOverdue">How long the oldest item that is left has been due.</param>
    public void Swept(string kind, int done, TimeSpan oldestOverdue)
    {
        Record(Metric.SweepOverdue, oldestOverdue.TotalSeconds, kind);
        Add(Metric.SweepDone, done, kind);
    }

    public void MailAccepted(MailTemplate template, TimeSpan delay)
    {
        Add(Metric.MailAttempts, 1, "accepted");
        Record(Metric.MailDelay, delay.TotalSeconds, template.ToString());
    }

    public void MailPostponed() => Add(Metric.MailAttempts, 1, "postponed");

    public void MailRefused()
    {
        Add(Metric.MailAttempts, 1, "refused");
        Add(Metric.MailLost, 1, "refused");
    }

    public void MailWaits(MailTemplate template, TimeSpan since) => Record(Metric.MailWaiting, since.TotalSeconds, template.ToString());

    public void MailGivenUp() => Add(Metric.MailLost, 1, "given-up");

    /// <param name="refusal">The refusal's code; null when the person is in.</param>
    public void LoggedIn(string? refusal) => Add(Metric.LogIns, 1, refusal ?? "ok");

    public void CodeGuessed() => Add(Metric.Guesses, 1, "code");

    public void IssuerKeyGuessed() => Add(Metric.Guesses, 1, "issuer-key");

    public void AdminKeyGuessed() => Add(Metric.Guesses, 1, "admin-key");

    private void Add(Metric metric, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(metric, 1, value);
        }
    }

    private void Add(Metric metric, long count, string value) => _counters[metric].Add(count, new KeyValuePair<string, object?>(metric.Attribute, value));

    private void Record(Metric metric, double measured, string value) =>
        _distributions[metric].Record(measured, new KeyValuePair<string, object?>(metric.Attribute, value));
}
