using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>
/// By what a disc is recognised when it is put in again. Equal UUIDs do not mean the same disc (burned in the same
/// second, pressed copies, blank dates), so identity is evidence: what the sectors at its start and samples all over it hold.
/// </summary>
public sealed record DiscEvidence
{
    /// <summary>As <c>blkid</c> says it; null where the disc has none, or a blank one.</summary>
    public string? Uuid { get; init; }

    /// <summary>What the volume calls itself; null where it has no name.</summary>
    public string? VolumeName { get; init; }

    /// <summary>How long the drive said the disc is, in bytes. Drives differ by the run-out blocks and more.</summary>
    public long LengthBytes { get; init; }

    /// <summary>Where file systems keep their descriptors: every sector of <see cref="AnchorSectors"/> that was read and is not blank.</summary>
    public IReadOnlyList<SectorProof> Anchors { get => field ?? []; init; } = [];

    /// <summary>Up to 64 sectors spread over what was read of the disc; empty before the first rescue.</summary>
    public IReadOnlyList<SectorProof> Samples { get => field ?? []; init; } = [];

    /// <summary>
    /// Sectors 0 to 31 (partition maps, HFS, volume descriptors of ISO 9660 and UDF) and 256 (UDF's anchor): one short
    /// way for the drive's head.
    /// </summary>
    public static IReadOnlyList<long> AnchorSectors { get; } = [.. Enumerable.Range(0, 32), 256];

    /// <summary>Two drives' words about one disc's length are this close, in bytes: two run-out blocks, a lead-out gap of 150 sectors.</summary>
    public const long LengthTolerance = 300L * Sector.Size;

    /// <returns>
    /// True where it is worth reading the other's sectors from the disc: the UUID or a descriptor agrees, or this
    /// disc's own descriptors could not be read and the length fits.
    /// </returns>
    public bool MayBe(DiscEvidence known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return (Uuid is not null && Uuid == known.Uuid)
            || Anchors.Any(anchor => anchor.Sector == PrimaryDescriptor && known.Anchors.Contains(anchor))
            || (!(HasPrimaryDescriptor && known.HasPrimaryDescriptor)
                && Math.Abs(LengthBytes - known.LengthBytes) <= LengthTolerance);
    }

    private const long PrimaryDescriptor = 16;

    private bool HasPrimaryDescriptor => Anchors.Any(anchor => anchor.Sector == PrimaryDescriptor);
}
