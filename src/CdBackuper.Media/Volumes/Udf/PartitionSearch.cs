using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Finds where a plain partition begins when both its descriptors are lost: the file set descriptor's tag counts its
/// blocks from there (ECMA-167 4/7.2.8), and the root directory's entry, which it names, proves it.
/// </summary>
internal static class PartitionSearch
{
    /// <returns>
    /// The partition, up to the session's end; null where no file set descriptor near the session's beginning leads to a
    /// root directory.
    /// </returns>
    /// <param name="disc">The disc.</param>
    /// <param name="blockSize">Bytes of a logical block, a multiple of a sector's.</param>
    /// <param name="session">The session's first sector of 2048 bytes.</param>
    /// <param name="end">The one behind its last.</param>
    public static PartitionSpace? Find(UdfDisc disc, int blockSize, long session, long end)
    {
        var found = new SortedDictionary<long, PartitionSpace>();
        foreach (var (sector, bytes) in BackwardScan.Run(disc.Reader, session, Math.Min(end, session + UdfLimits.SearchedSectors)))
        {
            for (var offset = 0; offset < Sector.Size; offset += disc.SectorSize)
            {
                var position = (sector * Sector.Size) + offset;
                var descriptor = bytes.AsSpan(offset, Math.Min(disc.SectorSize, Sector.Size - offset));
                if (Consider(disc, blockSize, descriptor, position, end * Sector.Size) is { } space)
                {
                    found.Add(position, space);
                }
            }
        }

        // the first: a file may hold an image that has one too
        return found.Count > 0 ? found.First().Value : null;
    }

    private static PartitionSpace? Consider(
        UdfDisc disc, int blockSize, ReadOnlySpan<byte> descriptor, long position, long end)
    {
        if ((TagId)BinaryPrimitives.ReadUInt16LittleEndian(descriptor) != TagId.FileSet)
        {
            return null;
        }

        var tag = DescriptorTag.Read(descriptor);
        var start = position - ((long)tag.Location * blockSize);
        var first = (start / disc.SectorSize) - disc.BaseSector;
        var sectors = (end - start) / disc.SectorSize;
        if (!tag.HasCrc || tag.At(tag.Location) != TagQuality.Sound || start % disc.SectorSize != 0
            || first is < 0 or > uint.MaxValue || sectors is <= 0 or > uint.MaxValue)
        {
            return null;
        }

        var root = FileSet.Read(descriptor).Root.Block;
        var entry = disc.Read(start + ((long)root * blockSize), blockSize);
        var isProven = entry is not null && DescriptorTag.Read(entry) is { HasCrc: true } proof
            && proof.Id is TagId.FileEntry or TagId.ExtendedFileEntry && proof.At(root) == TagQuality.Sound;
        return isProven ? new(0, (uint)first, (uint)sectors, default) : null;
    }
}
