using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Finds the copy of HFS's master directory block, in the last but one block of 512 bytes (Inside Macintosh: Files,
/// 2-60), where the first is lost.
/// </summary>
internal static class SpareHeader
{
    private const int Block = 512;
    private const int FromEnd = 1024;

    /// <returns>The copy, and what was read besides; null when there is none.</returns>
    public static (VolumePlace Place, MasterDirectoryBlock Block)? Find(
        DiscReader disc, VolumePlace place, DamageLog damages)
    {
        var spare = place.End is { } end
            ? MasterDirectoryBlock.Read(disc, place.Start, end - FromEnd)
            : Search(disc, place);
        if (spare is null)
        {
            return null;
        }

        var lost = new ByteRange(place.Start + FromEnd, MasterDirectoryBlock.Bytes);
        damages.Add(
            DamageIds.HfsHeaderLost,
            lost.Start / Sector.Size,
            "The master directory block can't be read: its copy at the volume's end was used.");
        return (place with { Structures = [.. place.Structures, lost] }, spare);
    }

    /// <summary>
    /// A bare volume may end before the disc does, by what the writer filled up; the copy itself tells where it
    /// belongs.
    /// </summary>
    private static MasterDirectoryBlock? Search(DiscReader disc, VolumePlace place)
    {
        var last = disc.LengthBytes - Block;
        var first = Math.Max(place.Start + FromEnd, last - ((long)HfsLimits.TailSectors * Sector.Size));
        for (var at = last; at > first; at -= Block)
        {
            if (MasterDirectoryBlock.Read(disc, place.Start, at) is { } spare
                && at + FromEnd >= spare.End - spare.Grid.BlockSize
                && at <= spare.End + spare.Grid.BlockSize)
            {
                return spare;
            }
        }

        return null;
    }
}
