using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VoucherFunctions.Hosting;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>Writes <c>docs/functions.md</c>: every function with its trigger and what it does.</summary>
public static partial class FunctionList
{
    /// <param name="document">The contract: name, route and summary of each HTTP function.</param>
    /// <param name="timers">Name and schedule of each timer.</param>
    /// <param name="summaries">The XML documentation of the app: the summary of each job class.</param>
    public static string Of(string document, IEnumerable<TimerFunction> timers, XDocument summaries)
    {
        var list = new StringBuilder("""
            # Functions

            Every function of the app: for administrators who meet a name in Azure, and for developers who look for its code. The app writes this page
            (`WRITE_OPENAPI=1 ./test.sh OpenApiTests`). [openapi.json](openapi.json) has each route in full, and `/reference/` on the site shows it.

            ## Timers

            Schedules are NCRONTAB in UTC: second, minute, hour, day, month, day of the week.

            | Function | Schedule | What it does |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var timer in timers.OrderBy(timer => timer.Name, StringComparer.Ordinal))
        {
            list.Append(FormattableString.Invariant($"| `{timer.Name}` | `{timer.Schedule}` | {SummaryOf(timer.Job, summaries)} |\n"));
        }
        list.Append("\n## HTTP\n\n| Function | Call | For | What it does |\n|---|---|---|---|\n");
        foreach (var (path, calls) in JsonNode.Parse(document)!["paths"]!.AsObject().OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            foreach (var (method, call) in calls!.AsObject())
            {
                list.Append(FormattableString.Invariant(
                    $"| `{call!["operationId"]}` | `{method.ToUpperInvariant()} {path}` | {call["tags"]![0]!.GetValue<string>().ToLowerInvariant()} | {call["summary"]} |\n"));
            }
        }
        return list.ToString();
    }

    private static string SummaryOf(Type job, XDocument summaries) => Spaces().Replace(
        summaries.Descendants("member").Single(member => member.Attribute("name")!.Value == $"T:{job.FullName}").Element("summary")!.Value.Trim(), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
