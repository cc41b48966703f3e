using System.Globalization;

namespace CdBackuper.Archive.Store;

/// <summary>Who holds a claim.</summary>
/// <param name="Node">The node.</param>
/// <param name="Drive">The drive on it.</param>
/// <param name="ProcessId">The process on it.</param>
/// <param name="ProcessStart">What tells this process from a later one with the same id: boot and start time.</param>
/// <param name="Token">Unlike that of any other claim ever made.</param>
/// <param name="BeatText">The beat as it was read; empty for one that was not read from a claim.</param>
public sealed record ClaimOwner(
    string Node, string Drive, int ProcessId, string ProcessStart, string Token, string BeatText = "")
{
    /// <summary>The owner of a claim that can't be read: just made, or cut off while it was made.</summary>
    public static ClaimOwner Unknown { get; } = new("an unknown node", "an unknown drive", 0, "", "");

    /// <returns>Lines of "name value", for people too. Of one length for one owner, whatever the beat.</returns>
    public string Print(long beat) => string.Create(
        CultureInfo.InvariantCulture,
        $"node {Node}\ndrive {Drive}\npid {ProcessId}\nstart {ProcessStart}\ntoken {Token}\nbeat {beat:D10}\n");

    /// <returns>The owner; null for a text that is not (yet) whole.</returns>
    public static ClaimOwner? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0])
            .ToDictionary(group => group.Key, group => group.Last()[1]);
        return fields.TryGetValue("node", out var node) && fields.TryGetValue("drive", out var drive)
            && fields.TryGetValue("pid", out var pid) && fields.TryGetValue("start", out var start)
            && fields.TryGetValue("token", out var token) && fields.TryGetValue("beat", out var beat)
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new(node, drive, processId, start, token, beat)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}:{Drive} (process {ProcessId})";
}
