using System.Text.Json;

namespace CdBackuper.Notices.Discord;

/// <summary>Reads Discord's JSON, where any field may be missing, null, or of another kind than the documents say.</summary>
internal static class JsonReading
{
    /// <returns>The field; undefined where there is none.</returns>
    public static JsonElement Field(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var field) ? field : default;

    public static string? Text(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    public static long? Number(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out var number) ? number : null;

    public static double? Real(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetDouble(out var number) ? number : null;

    /// <returns>True only where it says so.</returns>
    public static bool Flag(this JsonElement json, string name) => json.Field(name).ValueKind == JsonValueKind.True;

    public static Snowflake? Id(this JsonElement json, string name) =>
        Snowflake.TryParse(json.Text(name), out var id) ? id : null;

    public static bool IsObject(this JsonElement json) => json.ValueKind == JsonValueKind.Object;

    /// <returns>The items of a list; none for what is no list.</returns>
    public static IEnumerable<JsonElement> Items(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

    /// <returns>What the text is as JSON; undefined where it is none.</returns>
    public static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A page of a proxy, or nothing at all.
            return default;
        }
    }
}
