using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Storage;

/// <summary>How values stand in the columns of a row: an instant, a language, a list.</summary>
internal static class Columns
{
    private const string Separator = ",";

    /// <summary>Sets a column, if there is something to keep: a column of nothing would be sent, read and unpacked with every request.</summary>
    public static void Set(TableEntity entity, string name, object? value)
    {
        if (value is not (null or ""))
        {
            entity[name] = value;
        }
    }

    public static DateTimeOffset Instant(TableEntity entity, string name) =>
        entity.GetDateTimeOffset(name) ?? throw new InvalidDataException($"{name} is missing.");

    public static Language LanguageOf(TableEntity entity, string name) =>
        Languages.TryParse(entity.GetString(name), out var language) ? language : Language.Fr;

    public static string JoinTexts<T>(IEnumerable<T> texts) => string.Join(Separator, texts);

    public static string Join(ImmutableArray<DateTimeOffset> instants) =>
        JoinTexts(instants.Select(instant => instant.UtcTicks.ToString(CultureInfo.InvariantCulture)));

    public static ImmutableArray<DateTimeOffset> Instants(TableEntity entity, string name) =>
        [.. Split(entity.GetString(name)).Select(ticks => new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero))];

    public static string[] Split(string? list) => (list ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
