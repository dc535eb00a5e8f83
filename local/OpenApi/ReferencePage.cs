using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoucherFunctions.Domain;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>
/// The contract as a page to read, <c>site/reference/index.html</c>: made from the document, in the site's own style, without any script. Why not by a library:
/// <c>docs/decisions/0013-reference-page.md</c>.
/// </summary>
public sealed class ReferencePage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Html _page = new();
    private readonly JsonObject _document;

    private ReferencePage(JsonObject document) => _document = document;

    private IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    public static string Of(string document)
    {
        var page = new ReferencePage(JsonNode.Parse(document)!.AsObject());
        page.Write();
        return page._page.ToString();
    }

    private void Write()
    {
        var title = $"{_document["info"]!["title"]}: API reference";
        _page.Raw($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(title)}</title>
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/css/base.css">
            <link rel="stylesheet" href="/css/layout.css">
            <link rel="stylesheet" href="/css/components.css">
            <link rel="stylesheet" href="/reference/reference.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            """);
        WriteContents();
        _page.Raw("<main id=\"main\" tabindex=\"-1\">").Element("h1", title);
        WriteProse(_document["info"]!["description"]!.GetValue<string>());
        _page.Raw("<p>The same for programs: <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>");
        WriteAccess();
        foreach (var tag in _document["tags"]!.AsArray())
        {
            WriteTag(tag!);
        }
        WriteTypes();
        _page.Raw("</main>\n</body>\n</html>");
    }

    private void WriteContents()
    {
        _page.Raw("<nav aria-label=\"Calls\">");
        foreach (var tag in _document["tags"]!.AsArray())
        {
            var name = tag!["name"]!.GetValue<string>();
            _page.Raw($"<p><a href=\"#{name}\">{name}</a></p><ul>");
            foreach (var (method, path, operation) in Operations.Where(call => IsOf(call.Operation, name)))
            {
                _page.Raw($"<li><a href=\"#{operation["operationId"]}\"><span class=\"method\">{method}</span> <span>{Breakable(path)}</span></a></li>");
            }
            _page.Raw("</ul>");
        }
        _page.Raw("<p><a href=\"#types\">Types</a></p></nav>");
    }

    private void WriteProse(string text)
    {
        var isList = false;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            var isItem = line.StartsWith("- ", StringComparison.Ordinal);
            if (isItem != isList)
            {
                _page.Raw(isItem ? "<ul>" : "</ul>");
                isList = isItem;
            }
            _page.Element(isItem ? "li" : "p", isItem ? line[2..] : line);
        }
        if (isList)
        {
            _page.Raw("</ul>");
        }
    }

    private void WriteAccess()
    {
        _page.Element("h2", "Access", "id=\"access\"").Raw("<dl>");
        foreach (var (name, scheme) in _document["components"]!["securitySchemes"]!.AsObject())
        {
            var how = scheme!["scheme"] is { } bearer ? $"`Authorization: {(bearer.ToString() == "bearer" ? "Bearer" : bearer)} …`" : $"Cookie `{scheme["name"]}`";
            _page.Element("dt", name, $"id=\"access-{name}\"").Element("dd", $"{how}. {scheme["description"]}");
        }
        _page.Raw("</dl>");
    }

    private void WriteTag(JsonNode tag)
    {
        var name = tag["name"]!.GetValue<string>();
        _page.Element("h2", name, $"id=\"{name}\"").Element("p", tag["description"]?.GetValue<string>());
        foreach (var (method, path, operation) in Operations.Where(call => IsOf(call.Operation, name)))
        {
            WriteOperation(method, path, operation);
        }
    }

    private void WriteOperation(string method, string path, JsonObject operation)
    {
        var id = operation["operationId"]!.GetValue<string>();
        _page.Raw($"<section aria-labelledby=\"{id}\"><h3 id=\"{id}\"><span class=\"method\">{method}</span> <code>{Breakable(path)}</code></h3>");
        _page.Element("p", operation["summary"]!.GetValue<string>());
        _page.Raw($"<p class=\"access\">Access: {string.Join(" or ", AccessOf(operation))}. Operation <code>{id}</code>.</p>");
        if (operation["parameters"] is JsonArray { Count: > 0 } parameters)
        {
            _page.Element("h4", "Parameters").Table($"Parameters of {id}", ["Name", "In", "What it is"], parameters.Select(parameter => (IReadOnlyList<string>)
                [Named(parameter!), Html.Escape(parameter!["in"]!.ToString()), What(parameter!["schema"]!, parameter["description"]?.ToString(), parameter["example"])]));
        }
        foreach (var (type, media) in operation["requestBody"]?["content"]?.AsObject() ?? [])
        {
            var isRequired = operation["requestBody"]!["required"]?.GetValue<bool>() == true;
            _page.Element("h4", $"Body{(isRequired ? "" : ", may be left out")}: `{type}`");
            WriteContent($"Body of {id}", media!);
        }
        foreach (var (status, response) in operation["responses"]!.AsObject().Where(pair => pair.Key[0] is '2' or '3'))
        {
            WriteAnswer(id, status, Resolve(response!));
        }
        WriteRefusals(id, operation);
        _page.Raw("</section>");
    }

    private void WriteAnswer(string id, string status, JsonNode response)
    {
        var types = response["content"]?.AsObject().Select(pair => $"`{pair.Key}`").ToList() ?? [];
        _page.Element("h4", $"Answer {status}{(types.Count == 0 ? "" : ": " + string.Join(", ", types))}").Element("p", response["description"]!.ToString());
        if (response["headers"] is JsonObject headers)
        {
            _page.Table($"Headers of {status} of {id}", ["Header", "What it is"], headers.Select(header => (IReadOnlyList<string>)
                [Html.Code(header.Key), What(Resolve(header.Value!)["schema"]!, Resolve(header.Value!)["description"]!.ToString(), Resolve(header.Value!)["example"])]));
        }
        foreach (var (type, media) in response["content"]?.AsObject() ?? [])
        {
            WriteContent($"Answer {status} of {id} as {type}", media!);
        }
    }

    private void WriteContent(string caption, JsonNode media)
    {
        if (media["schema"]?["$ref"] is { } reference)
        {
            var name = NameOf(reference);
            _page.Raw($"<p>Type <a href=\"#type-{name}\">{name}</a>. Example:</p>");
        }
        if (media["example"] is { } example)
        {
            var text = example.GetValueKind() == JsonValueKind.String ? example.GetValue<string>() : example.ToJsonString(Indented);
            _page.Raw($"<pre tabindex=\"0\" role=\"region\" aria-label=\"{Html.Escape(caption)}, example\"><code>{Html.Escape(text.TrimEnd())}</code></pre>");
        }
    }

    private void WriteRefusals(string id, JsonObject operation)
    {
        var rows = from response in operation["responses"]!.AsObject()
                   where response.Key[0] is '4' or '5'
                   let refusal = Resolve(response.Value!)
                   from code in refusal["content"]![ContractProblems.MediaType]!["examples"]!.AsObject()
                   let members = Resolve(code.Value!)["value"]!.AsObject().Select(member => member.Key).Except(["status", "title", "code"])
                   select (IReadOnlyList<string>)
                   [
                       Html.Code(code.Key), response.Key, Html.Escape(Problems.All[code.Key].Title), string.Join(", ", members.Select(Html.Code)),
                   ];
        _page.Element("h4", "Refusals").Table($"Refusals of {id}", ["Code", "Status", "Meaning", "Also tells"], rows);
    }

    private void WriteTypes()
    {
        _page.Element("h2", "Types", "id=\"types\"");
        foreach (var (name, schema) in _document["components"]!["schemas"]!.AsObject())
        {
            _page.Raw($"<section aria-labelledby=\"type-{name}\"><h3 id=\"type-{name}\">{name}</h3>").Element("p", schema!["description"]!.ToString());
            if (schema["properties"] is JsonObject { Count: > 0 } properties)
            {
                var required = schema["required"]?.AsArray().Select(each => each!.ToString()).ToHashSet() ?? [];
                _page.Table($"Members of {name}", ["Member", "Type", "What it is"], properties.Select(property => (IReadOnlyList<string>)
                    [
                        Html.Code(property.Key) + (required.Contains(property.Key) ? "" : " <small>may be missing</small>"),
                        TypeOf(property.Value!),
                        What(property.Value!, property.Value!["description"]?.ToString(), property.Value["examples"]?[0]),
                    ]));
            }
            _page.Raw("</section>");
        }
    }

    private static string Named(JsonNode parameter) =>
        Html.Code(parameter["name"]!.ToString()) + (parameter["required"]?.GetValue<bool>() == true ? "" : " <small>optional</small>");

    private static string What(JsonNode schema, string? description, JsonNode? example)
    {
        var parts = new List<string> { Html.Inline(description ?? "") };
        var values = (schema["enum"] ?? schema["items"]?["enum"])?.AsArray().Select(value => Html.Code(value!.ToString())).ToList() ?? [];
        if (values.Count > 0 && !values.All(value => parts[0].Contains(value, StringComparison.Ordinal)))
        {
            parts.Add($"One of {string.Join(", ", values)}.");
        }
        if ((schema["minimum"] ?? schema["maximum"]) is not null)
        {
            parts.Add($"{schema["minimum"]}–{schema["maximum"]}.");
        }
        if (schema["maxLength"] is { } longest)
        {
            parts.Add($"At most {longest} characters.");
        }
        if (values.Count == 0 && example is not null)
        {
            parts.Add($"<small>Example: {Html.Code(example.ToString())}</small>");
        }
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string TypeOf(JsonNode schema) =>
        schema["$ref"] is { } reference ? $"<a href=\"#type-{NameOf(reference)}\">{NameOf(reference)}</a>"
        : schema["items"] is { } items ? $"list of {TypeOf(items)}"
        : Html.Escape(schema["format"]?.ToString() is { } format and not "int32" and not "int64" ? format : schema["type"]?.ToString() ?? "any");

    private static IEnumerable<string> AccessOf(JsonObject operation)
    {
        var schemes = operation["security"]?.AsArray().SelectMany(each => each!.AsObject().Select(scheme => scheme.Key)).ToList() ?? [];
        return schemes.Count == 0 ? ["anyone"] : schemes.Select(scheme => $"<a href=\"#access-{scheme}\">{scheme}</a>");
    }

    /// <summary>A long path may break before a slash.</summary>
    private static string Breakable(string path) => Html.Escape(path).Replace("/", "<wbr>/", StringComparison.Ordinal);

    private static bool IsOf(JsonObject operation, string tag) => operation["tags"]!.AsArray().Any(each => each!.ToString() == tag);

    private static string NameOf(JsonNode reference) => reference.ToString().Split('/')[^1];

    private JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference
        ? reference.ToString().Split('/').Skip(1).Aggregate((JsonNode)_document, (at, key) => at[key]!)
        : node;
}
