using System.Text.Json.Nodes;

namespace VoucherFunctions.Local.OpenApi;

/// <summary>Refusals that several calls have alike are said once: a third of the size.</summary>
internal static class SharedResponses
{
    public static void Share(JsonObject document)
    {
        var refusals = from path in document["paths"]!.AsObject()
                       from operation in path.Value!.AsObject()
                       from response in operation.Value!["responses"]!.AsObject()
                       where response.Key[0] is '4' or '5'
                       select (Responses: operation.Value["responses"]!.AsObject(), Status: response.Key, Text: response.Value!.ToJsonString());
        var shared = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var alike in refusals.ToList().GroupBy(refusal => refusal.Text).Where(alike => alike.Count() > 1))
        {
            var response = JsonNode.Parse(alike.Key)!;
            var content = response["content"]!.AsObject();
            var codes = content[ContractProblems.MediaType]!["examples"]!.AsObject().Select(example => example.Key);
            var name = string.Join('.', content.ContainsKey(ContractProblems.Page) ? codes.Append("page") : codes);
            shared.Add(name, response);
            foreach (var (responses, status, _) in alike)
            {
                responses[status] = new JsonObject { ["$ref"] = $"#/components/responses/{name}" };
            }
        }
        document["components"]!["responses"] = new JsonObject(shared);
        RemoveUnused(document, "examples");
        RemoveUnused(document, "headers");
    }

    private static void RemoveUnused(JsonObject document, string kind)
    {
        var text = document.ToJsonString();
        var components = document["components"]![kind]!.AsObject();
        foreach (var name in components.Select(each => each.Key).Where(name => !text.Contains($"\"#/components/{kind}/{name}\"", StringComparison.Ordinal)).ToList())
        {
            components.Remove(name);
        }
    }
}
