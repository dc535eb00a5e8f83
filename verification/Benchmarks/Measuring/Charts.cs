using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace VoucherFunctions.Benchmarks.Measuring;

/// <summary>Pictures as SVG, on white so that they can be read on a dark page too. Room for texts is given by hand: how wide they are depends on who shows them.</summary>
internal static class Charts
{
    private const double Width = 760;
    private static readonly OxyColor Bar = OxyColor.FromRgb(0x1f, 0x5f, 0xa8);
    private static readonly OxyColor[] Colours = [Bar, OxyColor.FromRgb(0x1b, 0x7f, 0x4b), OxyColor.FromRgb(0xb3, 0x39, 0x1f)];
    private static readonly OxyColor Ink = OxyColor.FromRgb(0x22, 0x22, 0x22);

    /// <summary>Medians as bars, the first one at the top, each with a line as long as it was ever off.</summary>
    public static string Bars(string title, string unit, IReadOnlyList<(string Name, Spread Spread)> values)
    {
        var model = NewModel(title);
        model.PlotMargins = new OxyThickness(270, 10, 10, 50);
        var categories = new CategoryAxis { Position = AxisPosition.Left, GapWidth = 0.6, StartPosition = 1, EndPosition = 0 };
        categories.Labels.AddRange(values.Select(value => $"{value.Name}: {Numbers.Text(value.Spread.Median)} {unit}"));
        var spreads = new ErrorBarSeries { FillColor = Bar, StrokeThickness = 0, ErrorStrokeThickness = 1.5 };
        spreads.Items.AddRange(values.Select(value =>
            new ErrorBarItem(value.Spread.Median, Math.Max(value.Spread.Largest - value.Spread.Median, value.Spread.Median - value.Spread.Smallest))));
        model.Axes.Add(categories);
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = unit, Minimum = 0, MajorGridlineStyle = LineStyle.Dot, StringFormat = "#,0" });
        model.Series.Add(spreads);
        return Svg(model, 90 + 50 * values.Count);
    }

    /// <summary>Lines through the medians, both axes logarithmic.</summary>
    public static string Lines(string title, string across, string up, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines)
    {
        var model = NewModel(title);
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = across, MajorGridlineStyle = LineStyle.Dot, StringFormat = "#,0" });
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = up,
            MajorGridlineStyle = LineStyle.Dot,
            StringFormat = "#,0.###",
            // Room above the highest line for its name.
            Maximum = 2 * lines.Max(line => line.Points.Max(point => point.Y)),
        });
        model.PlotMargins = new OxyThickness(80, 10, 20, 50);
        foreach (var (index, (name, points)) in lines.Index())
        {
            var series = new LineSeries { Color = Colours[index], MarkerType = MarkerType.Circle, MarkerFill = Colours[index], MarkerSize = 4, StrokeThickness = 2 };
            series.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(series);
            // At the beginning of its line; the last one at its end, as lines that begin together part there.
            var isLast = index == lines.Count - 1;
            model.Annotations.Add(new TextAnnotation
            {
                Text = name,
                TextColor = Colours[index],
                StrokeThickness = 0,
                TextPosition = isLast ? series.Points[^1] : series.Points[0],
                TextHorizontalAlignment = isLast ? HorizontalAlignment.Right : HorizontalAlignment.Left,
                TextVerticalAlignment = VerticalAlignment.Bottom,
                Offset = new ScreenVector(isLast ? -12 : 8, -4),
            });
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
