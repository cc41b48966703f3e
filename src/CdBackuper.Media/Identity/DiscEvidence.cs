using System.Text.Json.Serialization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>
/// By what a disc is recognised when it is put in again. Equal UUIDs do not mean the same disc (burned in the same
/// second, pressed copies, blank dates), so identity is evidence: what its descriptors and samples all over it hold.
/// </summary>
public sealed record DiscEvidence
{
    /// <summary>As <c>blkid</c> says it of the first session; null where the disc has none, or a blank one.</summary>
    public string? Uuid { get; init; }

    /// <summary>What the volume calls itself; null where it has no name.</summary>
    public string? VolumeName { get; init; }

    /// <summary>How long the drive said the disc is, in bytes. Drives differ by the run-out blocks and more.</summary>
    public long LengthBytes { get; init; }

    /// <summary>The table of contents, as the drive told it; empty where there is none.</summary>
    public IReadOnlyList<TocTrack> Tracks { get => field ?? []; init; } = [];

    /// <summary>The sessions of ISO 9660, oldest first; empty where none could be read, and in records of before they were kept.</summary>
    public IReadOnlyList<SessionProof> Sessions { get => field ?? []; init; } = [];

    /// <summary>
    /// Where file systems keep their descriptors: every sector of <see cref="AnchorSectors"/>, of the sessions' descriptors, and the
    /// anchors of UDF (ECMA-167 3/8.4.2.1), that was read and is not blank.
    /// </summary>
    public IReadOnlyList<SectorProof> Anchors { get => field ?? []; init; } = [];

    /// <summary>Up to 64 sectors spread over what was read of the disc; empty before the first rescue.</summary>
    public IReadOnlyList<SectorProof> Samples { get => field ?? []; init; } = [];

    /// <summary>Those of 64 sectors spread over the whole disc that no attempt could read.</summary>
    public IReadOnlyList<long> UnreadableSamples { get => field ?? []; init; } = [];

    /// <summary>
    /// Sectors 0 to 31 (partition maps, HFS, volume descriptors of ISO 9660 and UDF) and 256 (UDF's anchor): one short
    /// way for the drive's head.
    /// </summary>
    public static IReadOnlyList<long> AnchorSectors { get; } = [.. Enumerable.Range(0, (int)HeadSectors), 256];

    /// <summary>
    /// Those of <see cref="Anchors"/> that lie where descriptors do. Records of before have the disc's last sectors too, for which drives give what
    /// they like, and images that are cut off a part.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<SectorProof> SteadyAnchors => Anchors.Where(anchor => anchor.Sector <= LastAnchor
        || Sessions.Any(session => anchor.Sector >= session.Start && anchor.Sector < session.Start + HeadSectors));

    /// <summary>Where UDF may have its first anchor besides sector 256 (UDF 2.01 §6.11.2).</summary>
    public const long LastAnchor = 512;

    /// <summary>What a writer changes at the start of an overwritable medium when it adds a session.</summary>
    public const long HeadSectors = 32;

    /// <summary>Two drives' words about one disc's length are this close, in bytes: two run-out blocks, a lead-out gap of 150 sectors.</summary>
    public const long LengthTolerance = 300L * Sector.Size;

    /// <summary>The first sector behind everything that the sessions' volumes call theirs; 0 where that is not known.</summary>
    public long VolumeEnd => Sessions.Count == 0 ? 0 : Sessions.Max(session => session.Sectors == 0 ? 0 : session.End);

    /// <returns>
    /// True where this disc has a session whose root directory lies behind all that was known of the other, or is longer.
    /// </returns>
    public bool HasGrownFrom(DiscEvidence known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return (known.LengthBytes > 0 && LengthBytes > known.LengthBytes + LengthTolerance)
            || (known.VolumeEnd > 0 && Sessions.Any(session => session.RootSector >= known.VolumeEnd
                && known.Sessions.All(older => older.RootSector != session.RootSector)));
    }

    /// <returns>
    /// False where both have several tracks and these begin at different places; a track more or less at the end is a session that
    /// was added, or that an old drive does not see. Null where either has fewer than two.
    /// </returns>
    public bool? HasTracksOf(DiscEvidence known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Tracks.Count < 2 || known.Tracks.Count < 2
            ? null
            : Tracks.Zip(known.Tracks).All(pair => pair.First == pair.Second);
    }
}
