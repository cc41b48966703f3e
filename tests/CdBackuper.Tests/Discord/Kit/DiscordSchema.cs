using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CdBackuper.Fakes;
using CdBackuper.Tests.Tidy;

namespace CdBackuper.Tests.Discord.Kit;

/// <summary>Discord's own description of its API, and whether JSON is as it says: the part of JSON Schema that it uses for messages.</summary>
internal sealed class DiscordSchema
{
    private readonly JsonNode document;

    private DiscordSchema(JsonNode document) => this.document = document;

    /// <summary>Skips the test where the description does not lie beside the repository.</summary>
    public static DiscordSchema Open()
    {
        var path = Path.GetFullPath(Path.Combine(SourceTree.Root, "../shared/design/discord-openapi.json"));
        Assert.SkipUnless(File.Exists(path), "Discord's OpenAPI description does not lie in ../shared/design");
        return new(JsonNode.Parse(File.ReadAllText(path))!);
    }

    public void MustFit(JsonNode? value, string schema) =>
        Assert.Equal([], Problems(value, new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" }, schema));

    /// <returns>What of a request is not as Discord describes it: its route, what is in its path and query, its body.</returns>
    public IReadOnlyList<string> Problems(SeenRequest request)
    {
        var parts = request.Path.Split('/');
        if (RouteOf(parts) is not { } route || document["paths"]![route]![MethodOf(request)] is not { } operation)
        {
            return [$"{request} is no route of Discord's"];
        }

        var all = new[] { document["paths"]![route]!["parameters"], operation["parameters"] }.SelectMany(list => list?.AsArray() ?? []).ToArray();
        var named = route.TrimStart('/').Split('/').Zip(parts).Where(pair => pair.First[0] == '{')
            .Select(pair => (Name: pair.First.Trim('{', '}'), Value: pair.Second, In: "path"));
        var asked = request.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).Select(pair => (Name: pair[0], Value: pair[1], In: "query"));
        var problems = new List<string>();
        foreach (var (name, value, place) in named.Concat(asked))
        {
            var parameter = all.FirstOrDefault(one => (string?)one!["name"] == name && (string?)one["in"] == place);
            problems.AddRange(parameter is null ? [$"{request}: {name} is unknown"] : OfWord(value, parameter["schema"]!, $"{request}: {name}"));
        }

        var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        problems.AddRange(
            request.Body is not null ? body is null ? [$"{request} has a body"] : Problems(request.Body, body, $"{request}: body")
            : (bool?)operation["requestBody"]?["required"] == true ? [$"{request} has no body"] : []);
        return problems;
    }

    private static string MethodOf(SeenRequest request) => request.Method switch
    {
        "GET" => "get",
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        _ => "delete",
    };

    /// <returns>The route with the most words of its own; null for none.</returns>
    private string? RouteOf(string[] parts) => document["paths"]!.AsObject().Select(path => path.Key)
        .Where(route => route.TrimStart('/').Split('/') is var names && names.Length == parts.Length
            && names.Zip(parts).All(pair => pair.First[0] == '{' || pair.First == pair.Second))
        .MinBy(route => route.Count(letter => letter == '{'));

    /// <summary>What stands in a path or query is text, and says what it is by its schema alone.</summary>
    private IReadOnlyList<string> OfWord(string value, JsonNode schema, string at)
    {
        var typed = value is "true" or "false" ? JsonValue.Create(value == "true")
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);
        return Problems(JsonValue.Create(value), schema, at) is { Count: 0 } none ? none : Problems(typed, schema, at);
    }

    public IReadOnlyList<string> Problems(JsonNode? value, JsonNode schema, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Problems(value, reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!), at);
        }

        foreach (var union in new[] { "oneOf", "anyOf" })
        {
            if (schema[union] is JsonArray choices)
            {
                var tries = choices.Select(choice => Problems(value, choice!, at)).ToArray();
                return tries.Any(problems => problems.Count == 0) ? [] : tries.MinBy(problems => problems.Count)!;
            }
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => (string)type!).ToArray() : schema["type"] is { } one ? [(string)one!] : [];
        if (types.Length > 0 && !types.Any(type => IsOf(value, type)))
        {
            return [$"{at} is no {string.Join(" or ", types)}"];
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            return [$"{at} is not {constant}"];
        }

        return value switch
        {
            JsonObject map => OfObject(map, schema, at),
            JsonArray list => OfList(list, schema, at),
            JsonValue scalar => OfScalar(scalar, schema, at),
            _ => [],
        };
    }

    private List<string> OfObject(JsonObject map, JsonNode schema, string at)
    {
        var problems = (schema["required"]?.AsArray() ?? []).Where(name => !map.ContainsKey((string)name!)).Select(name => $"{at} has no {name}").ToList();
        foreach (var (name, item) in map)
        {
            // Unknown fields are allowed by the letter; here they would be a misspelt one.
            problems.AddRange(schema["properties"]?[name] is { } field ? Problems(item, field, $"{at}.{name}") : [$"{at}.{name} is unknown"]);
        }

        return problems;
    }

    private List<string> OfList(JsonArray list, JsonNode schema, string at)
    {
        var problems = list.SelectMany((item, index) => schema["items"] is { } items ? Problems(item, items, $"{at}[{index}]") : []).ToList();
        if (list.Count > ((int?)schema["maxItems"] ?? int.MaxValue) || list.Count < ((int?)schema["minItems"] ?? 0))
        {
            problems.Add($"{at} has {list.Count} items");
        }

        return problems;
    }

    private static List<string> OfScalar(JsonValue value, JsonNode schema, string at)
    {
        var problems = new List<string>();
        void Require(bool isRight, string problem)
        {
            if (!isRight)
            {
                problems.Add($"{at}: {problem}");
            }
        }

        if (value.TryGetValue<string>(out var text))
        {
            Require(text.Length <= ((int?)schema["maxLength"] ?? int.MaxValue), "too long");
            Require(text.Length >= ((int?)schema["minLength"] ?? 0), "too short");
            Require((string?)schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern), "not as the pattern says");
            Require((string?)schema["format"] != "uri" || Uri.TryCreate(text, UriKind.Absolute, out _), "no address");
            Require(
                (string?)schema["format"] != "date-time" || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _), "no moment");
        }
        else if (value.TryGetValue<int>(out var number))
        {
            Require(number >= ((double?)schema["minimum"] ?? double.MinValue) && number <= ((double?)schema["maximum"] ?? double.MaxValue), "out of bounds");
        }

        return problems;
    }

    private static bool IsOf(JsonNode? value, string type) => (value, type) switch
    {
        (null, "null") or (JsonObject, "object") or (JsonArray, "array") => true,
        (JsonValue scalar, "string") => scalar.TryGetValue<string>(out _),
        (JsonValue scalar, "boolean") => scalar.TryGetValue<bool>(out _),
        (JsonValue scalar, "integer") => scalar.TryGetValue<int>(out _),
        (JsonValue scalar, "number") => scalar.TryGetValue<double>(out _) || scalar.TryGetValue<int>(out _),
        _ => false,
    };
}
