using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>Pictures as SVG, on white so that they can be read on a dark page too.</summary>
internal static class Charts
{
    private const double Width = 760;
    private static readonly OxyColor Bar = OxyColor.FromRgb(0x1f, 0x5f, 0xa8);
    private static readonly OxyColor Ink = OxyColor.FromRgb(0x22, 0x22, 0x22);

    /// <summary>Medians as bars, the first one at the top, each with a line from its least to its most.</summary>
    public static string Bars(string title, string unit, IReadOnlyList<(string Name, Spread Spread)> values)
    {
        var model = NewModel(title);
        var categories = new CategoryAxis { Position = AxisPosition.Left, GapWidth = 0.6, StartPosition = 1, EndPosition = 0 };
        categories.Labels.AddRange(values.Select(value => $"{value.Name}: {Numbers.Text(value.Spread.Median)} {unit}"));
        var spreads = new ErrorBarSeries { FillColor = Bar, StrokeThickness = 0, ErrorStrokeThickness = 1.5 };
        spreads.Items.AddRange(values.Select(value => new ErrorBarItem(value.Spread.Median, Math.Max(value.Spread.Largest - value.Spread.Median, value.Spread.Median - value.Spread.Smallest))));
        model.Axes.Add(categories);
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = unit, Minimum = 0, MajorGridlineStyle = LineStyle.Dot });
        model.Series.Add(spreads);
        return Svg(model, 90 + 50 * values.Count);
    }

    /// <summary>Lines through the medians, both axes logarithmic.</summary>
    public static string Lines(string title, string across, string up, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines)
    {
        var model = NewModel(title);
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = across, MajorGridlineStyle = LineStyle.Dot, StringFormat = "#,0" });
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Left, Title = up, MajorGridlineStyle = LineStyle.Dot, StringFormat = "#,0.###" });
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.LeftTop });
        foreach (var (name, points) in lines)
        {
            var series = new LineSeries { Title = name, MarkerType = MarkerType.Circle, MarkerSize = 4, StrokeThickness = 2 };
            series.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(series);
        }
        return Svg(model, 420);
    }

    private static PlotModel NewModel(string title) => new()
    {
        Title = title,
        TitleFontSize = 15,
        Background = OxyColors.White,
        TextColor = Ink,
        PlotAreaBorderColor = Ink,
        Padding = new OxyThickness(8, 8, 24, 8),
    };

    private static string Svg(PlotModel model, double height) => SvgExporter.ExportToString(model, Width, height, isDocument: false);
}
