using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.HfsPlus;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Reads a volume of an image whose first sector is blank, as in a copy by a program that wrote zeros where it could not read, or has a damaged header: with it the
/// partition map is lost, or the header of a volume that begins with the disc. But most discs have no Macintosh side and begin so: the copy of
/// a header must stand at the end, and what it leads to must take up most of the disc, and be no image of a disc in a file.
/// </summary>
internal static class BlankStart
{
    /// <returns>Null where the first sector is neither blank nor a damaged header, or no such volume is found.</returns>
    public static Volume? Read(DiscReader disc, VolumePlace place, ReadingOptions options, IReadOnlyList<IVolume> others)
    {
        var first = place.Start / Sector.Size;
        if (options.IsDrive || options.IsFirstSessionOnly || disc.ReadSector(first) is not { } head || !(Sector.IsBlank(head) || IsDamagedHeader(head))
            || SpareHeader.FindAny(disc, place.Start) is not { } copy || IsInFile(copy, others))
        {
            return null;
        }

        return new[] { ReadNear(disc, place, options), HfsPlusVolume.ReadBlank(disc, place), ReadByCopy(disc, place, options) }
            .FirstOrDefault(volume => volume is { Entries.Count: > 0 } && (volume.LengthBytes - place.Start) * 2 > disc.LengthBytes - place.Start);
    }

    /// <summary>A volume behind a partition map.</summary>
    private static Volume? ReadNear(DiscReader disc, VolumePlace place, ReadingOptions options)
    {
        if (SpareHeader.FindStart(disc, place.Start) is not { } start)
        {
            return null;
        }

        var first = ByteRange.OfSectors(place.Start / Sector.Size, 1);
        var damages = new DamageLog();
        damages.Add(DamageIds.HfsPartitionLost, first.Start / Sector.Size, "The disc's first sector is blank or damaged: a volume was found behind it by a search.");
        var near = place with { Start = start, Structures = [.. place.Structures, first] };
        return MasterDirectoryBlock.Read(disc, start, start + HfsReader.HeaderAt) is { } block
            ? HfsReader.ReadHfs(disc, near, block, options, damages)
            : HfsPlusVolume.Read(disc, near, damages);
    }

    /// <summary>The header of HFS or HFS+ (H+, HX) but for one byte of its signature, or another that makes it useless.</summary>
    private static bool IsDamagedHeader(byte[] head) =>
        head[HfsReader.HeaderAt] is (byte)'B' or (byte)'H' || head[HfsReader.HeaderAt + 1] is (byte)'D' or (byte)'+' or (byte)'X';

    private static Volume? ReadByCopy(DiscReader disc, VolumePlace place, ReadingOptions options)
    {
        var damages = new DamageLog();
        return SpareHeader.Find(disc, place, damages) is { } spare
            ? HfsReader.ReadHfs(disc, spare.Place, spare.Block, options, damages)
            : null;
    }

    private static bool IsInFile(long position, IReadOnlyList<IVolume> others) =>
        others.Any(volume => VolumeSpace.ContentOf(volume).Contains(new(position, 1)));
}
