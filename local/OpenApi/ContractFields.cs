using System.Text.Json.Nodes;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>
/// Completes what the generator writes of bodies, answers and parameters: what may be missing, what each field means (from <see cref="ContractWords"/> where the
/// code's own documentation does not say), and a whole example of each.
/// </summary>
internal static class ContractFields
{
    private const string Reference = "#/components/schemas/";

    public static void Complete(JsonObject document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas)
        {
            if (name != ContractProblems.Schema)
            {
                CompleteSchema(name, schema!.AsObject());
            }
        }
        document["paths"]!["/api/openapi.json"]!["get"]!["responses"]!["200"]!["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" }, ["example"] = new JsonObject { ["openapi"] = "3.1.1" } },
        };
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                CompleteOperation(path, operation!.AsObject(), schemas);
            }
        }
    }

    private static void CompleteSchema(string name, JsonObject schema)
    {
        if (schema["description"] is null)
        {
            throw new InvalidOperationException($"Say what a {name} is, in a <summary> of the type.");
        }
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }
        // In a request, an optional constructor parameter may be missing. In an answer, a nullable member may be missing, since nulls are not written.
        var isRequest = name.EndsWith("Request", StringComparison.Ordinal);
        var required = schema["required"]?.AsArray().Select(each => each!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (property, value) in properties.ToList())
        {
            var isNullable = IsNullable(value!.AsObject(), out var bare);
            properties[property] = bare;
            if (isNullable && !isRequest)
            {
                required.Remove(property);
            }
            Describe(bare, $"{name}.{property}", property);
        }
        schema.Remove("required");
        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(each => (JsonNode)each)]);
        }
    }

    /// <summary>The schema without null: a member without a value is missing.</summary>
    private static bool IsNullable(JsonObject schema, out JsonObject bare)
    {
        bare = schema;
        if (schema["oneOf"] is JsonArray { Count: 2 } either && either[0]!["type"]?.ToString() == "null")
        {
            bare = either[1]!.DeepClone().AsObject();
            return true;
        }
        bare = schema.DeepClone().AsObject();
        if (bare["type"] is not JsonArray types || types.All(type => type!.GetValue<string>() != "null"))
        {
            return false;
        }
        bare["type"] = types.Single(type => type!.GetValue<string>() != "null")!.DeepClone();
        return true;
    }

    private static void CompleteOperation(string path, JsonObject operation, JsonObject schemas)
    {
        var name = operation["operationId"]!.GetValue<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            CompleteParameter(path, name, parameter!.AsObject());
        }
        AddExamples(operation["requestBody"]?["content"], schemas);
        foreach (var (status, response) in operation["responses"]!.AsObject().Where(pair => pair.Key[0] == '2'))
        {
            var content = response!["content"];
            AddExamples(content, schemas);
            var described = content?["application/json"]?["schema"]?["$ref"]?.GetValue<string>() is { } reference ? schemas[reference[Reference.Length..]] : null;
            response["description"] = described?["description"]?.GetValue<string>() ?? (content is null ? ContractTexts.OfEmpty(status) : "The file.");
        }
    }

    /// <summary>A path's parameter is called by what stands before it, as <c>vouchers/id</c>.</summary>
    private static void CompleteParameter(string path, string operation, JsonObject parameter)
    {
        var name = parameter["name"]!.GetValue<string>();
        var schema = parameter["schema"]!.AsObject();
        var inPath = parameter["in"]!.GetValue<string>() == "path"
            ? path[..path.IndexOf($"/{{{name}}}", StringComparison.Ordinal)].Split('/')[^1] + "/" + name
            : null;
        Describe(schema, $"{operation}.{name}", inPath ?? name);
        parameter["description"] = schema["description"]!.DeepClone();
        schema.Remove("description");
        if (ContractWords.IsAlwaysSent(name))
        {
            parameter["required"] = true;
        }
        parameter["example"] = schema["examples"]![0]!.DeepClone();
        schema.Remove("examples");
    }

    private static void Describe(JsonObject schema, string special, string general)
    {
        var word = ContractWords.Find(special) ?? ContractWords.Find(general);
        if (word?.Description is { } description)
        {
            schema["description"] ??= description;
        }
        if (schema["$ref"] is not null || schema["type"]?.ToString() == "array")
        {
            // A reference's own description is that of its type.
            return;
        }
        var type = schema["type"]?.ToString();
        var example = word?.Example ?? (schema["format"]?.ToString(), type) switch
        {
            ("date-time", _) => "2026-11-22T10:00:00Z",
            ("date", _) => "2026-11-22",
            (_, "boolean") => true,
            (_, "integer") => (JsonNode)1,
            _ => null,
        };
        if (schema["description"] is null || example is null)
        {
            throw new InvalidOperationException($"Say in {nameof(ContractWords)} what {special} is, with an example.");
        }
        if (schema["format"]?.ToString() == "date-time")
        {
            schema["pattern"] = "Z$";
        }
        word?.Constrain(schema);
        schema["examples"] = new JsonArray(example.DeepClone());
    }

    private static void AddExamples(JsonNode? content, JsonObject schemas)
    {
        foreach (var (type, media) in content as JsonObject ?? [])
        {
            media!["example"] ??= ContractWords.FileExample(type) ?? (type == "application/json" ? Example(media["schema"]!, schemas) : null);
            if (media["example"] is null)
            {
                media.AsObject().Remove("example");
            }
        }
    }

    private static JsonNode Example(JsonNode schema, JsonObject schemas)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Example(schemas[reference[Reference.Length..]]!, schemas);
        }
        if (schema["examples"] is JsonArray { Count: > 0 } examples)
        {
            return examples[0]!.DeepClone();
        }
        if (schema["items"] is { } items)
        {
            return new JsonArray(Example(items, schemas));
        }
        return new JsonObject((schema["properties"]?.AsObject() ?? []).Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Example(pair.Value!, schemas))));
    }
}
