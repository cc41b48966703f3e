using System.Text.Json;
using System.Text.Json.Nodes;

namespace CdBackuper.Notices.Targets;

/// <summary>A program that is started for each notice.</summary>
/// <param name="Command">NOTIFY_HOOK: the program and its arguments, as they are.</param>
/// <param name="Limit">NOTIFY_HOOK_TIMEOUT: how long it may run.</param>
/// <param name="Kinds">NOTIFY_HOOK_EVENTS.</param>
internal sealed record HookSettings(IReadOnlyList<string> Command, TimeSpan Limit, IReadOnlySet<NoticeKind> Kinds)
{
    /// <param name="text">Words with blanks between, or a JSON array of strings.</param>
    /// <returns>The program and its arguments; null where it is neither.</returns>
    public static IReadOnlyList<string>? ParseCommand(string text)
    {
        if (!text.StartsWith('['))
        {
            return text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words && !text.Contains('\0') ? words : null;
        }

        try
        {
            var words = JsonNode.Parse(text)!.AsArray().Select(word => word!.GetValue<string>()).ToArray();
            return words is [{ Length: > 0 }, ..] && !words.Any(word => word.Contains('\0', StringComparison.Ordinal)) ? words : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            // No JSON, or not of strings: the caller says what it takes.
            return null;
        }
    }
}
