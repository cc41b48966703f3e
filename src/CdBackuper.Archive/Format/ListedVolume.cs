using System.Text.Json.Serialization;

namespace CdBackuper.Archive.Format;

/// <summary>One file system of a disc in listing.json.</summary>
/// <param name="Format">Such as <c>ISO 9660 (Joliet)</c>.</param>
/// <param name="VolumeName">What it calls itself; null where it has no name.</param>
/// <param name="SessionStart">The first sector of its session.</param>
/// <param name="Origin">What its entries are marked with; null for the disc's own tree.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="FilesBeside">How many of them no volume before it in the list has; 0 for the disc's own tree.</param>
public sealed record ListedVolume(
    string Format, string? VolumeName, long SessionStart, string? Origin, int Files, int FilesBeside)
{
    /// <summary>True for ISO 9660 and its forerunner, whose sessions are added and never written over.</summary>
    [JsonIgnore]
    public bool IsIso9660 => Family(Format) is "ISO 9660" or "High Sierra";

    /// <returns>True for the same file system of the same session, whichever of its trees was chosen.</returns>
    public bool IsSameVolume(ListedVolume other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return SessionStart == other.SessionStart && Family(Format).SequenceEqual(Family(other.Format));
    }

    private static ReadOnlySpan<char> Family(string format) => format.AsSpan(0, (format + " (").IndexOf(" (", StringComparison.Ordinal));
}
