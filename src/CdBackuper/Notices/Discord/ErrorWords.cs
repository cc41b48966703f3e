using System.Globalization;
using System.Text.Json;

namespace CdBackuper.Notices.Discord;

/// <summary>Discord's errors as one line for people: <c>{code, message, errors: {... _errors: [{code, message}]}}</c>.</summary>
internal static class ErrorWords
{
    private const int MaxLength = 400;
    private const int MaxDepth = 8;

    public static string Of(int status, JsonElement body)
    {
        var details = new List<string>();
        Collect(body.Field("errors"), "", 0, details);
        var code = body.Number("code") is { } number and > 0 ? $", error {number.ToString(CultureInfo.InvariantCulture)}" : "";
        var message = body.Text("message") is { Length: > 0 } text ? $": {text}" : "";
        var fields = details.Count > 0 ? $" ({string.Join("; ", details)})" : "";
        return DiscordText.Cut(DiscordText.Plain($"HTTP {status}{code}{message}{fields}").Replace('\n', ' '), MaxLength);
    }

    private static void Collect(JsonElement errors, string path, int depth, List<string> details)
    {
        if (!errors.IsObject() || depth > MaxDepth)
        {
            return;
        }

        foreach (var field in errors.EnumerateObject())
        {
            if (field.Name == "_errors")
            {
                details.AddRange(field.Value.Items().Select(error => $"{path.TrimStart('.')} {error.Text("message")}".Trim()));
            }
            else
            {
                Collect(field.Value, $"{path}.{field.Name}", depth + 1, details);
            }
        }
    }
}
