using System.Text.Json.Nodes;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Short ways to the fields of a JSON document.</summary>
internal static class JsonRead
{
    /// <returns>The text of a field; null where it is null or missing.</returns>
    public static string? Text(this JsonNode node, string field) => node[field]?.ToString();

    public static long Number(this JsonNode node, string field) => node[field]!.GetValue<long>();

    public static IReadOnlyList<string> Texts(this JsonNode? array) => [.. array!.AsArray().Select(item => item!.ToString())];

    public static IReadOnlyList<string> Keys(this JsonNode node) => [.. node.AsObject().Select(field => field.Key)];

    /// <returns>The files of a disc's JSON by path.</returns>
    public static IReadOnlyDictionary<string, JsonNode> Files(this JsonNode disc) =>
        disc["files"]!.AsArray().ToDictionary(file => file!.Text("path")!, file => file!, StringComparer.Ordinal);

    /// <returns>Paths of the files with a condition, in order.</returns>
    public static IReadOnlyList<string> FilesThatAre(this JsonNode disc, string condition) =>
        [.. disc.Files().Where(file => file.Value.Text("condition") == condition).Select(file => file.Key).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<(long Start, long Length)> Lost(this JsonNode file) =>
        [.. file["lost"]!.AsArray().Select(range => (range!.Number("start"), range!.Number("length")))];

    /// <returns>Every object anywhere in the document.</returns>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node) => node switch
    {
        JsonObject item => item.Select(field => field.Value).SelectMany(Objects).Prepend(item),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };
}
