using System.Text.Json.Serialization;

namespace CdBackuper.Media.Identity;

/// <summary>One session of a disc, as evidence of which disc it is. The descriptors' sectors are among the anchors.</summary>
/// <param name="Start">Its first sector, absolute on the disc.</param>
/// <param name="Sectors">How long its volume says it is, in sectors; 0 where that could not be read.</param>
/// <param name="RootSector">Where its root directory begins; null where that could not be read.</param>
/// <param name="RootSha256">The SHA-256 of the root directory's sectors, 16 at the most; null where one of them could not be read.</param>
/// <param name="RootSectors">How many sectors of the root directory were hashed.</param>
public sealed record SessionProof(long Start, long Sectors, long? RootSector, string? RootSha256, int RootSectors)
{
    /// <summary>
    /// The first sector behind the volume. Its length counts from the session's start (ECMA-119 §8.4.8), with some writers from
    /// the disc's: then it is more than the start.
    /// </summary>
    [JsonIgnore]
    public long End => Sectors > Start ? Sectors : Start + Sectors;
}
