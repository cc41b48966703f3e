using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>damage.json: what is missing of a disc. Follows from listing.json and the map; for people and programs.</summary>
/// <param name="Condition">What is known of the disc over all attempts.</param>
/// <param name="Counts">Its files by condition.</param>
/// <param name="UnreadSectors">Sectors of the disc that were not read, whoever owns them.</param>
/// <param name="UnreadStructureSectors">Those of them that the file system itself needs.</param>
/// <param name="Files">The files that are damaged or lost, the most hurt first.</param>
/// <param name="Flaws">What is wrong with the disc's own structures.</param>
public sealed record DamageReport(
    DiscCondition Condition,
    FileCounts Counts,
    long UnreadSectors,
    long UnreadStructureSectors,
    IReadOnlyList<ListedEntry> Files,
    IReadOnlyList<Damage> Flaws);
