using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Hfs;
using CdBackuper.Media.Volumes.HfsPlus;
using CdBackuper.Media.Volumes.Iso9660;
using CdBackuper.Media.Volumes.Udf;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// Finds a session behind all volumes of an image that has no table of contents: by what a file system of any kind begins with.
/// </summary>
internal static class LaterSession
{
    /// <param name="source">The image.</param>
    /// <param name="volumes">What was found in it.</param>
    /// <returns>The session's first sector; null where nothing follows, or where no volume says where it ends.</returns>
    public static long? Find(ISectorSource source, IReadOnlyList<IVolume> volumes)
    {
        if (volumes.Count == 0 || volumes.Any(volume => volume.LengthBytes <= volume.SessionStart * Sector.Size))
        {
            return null;
        }

        var disc = new DiscReader(source);
        var near = Sector.Count(volumes.Max(volume => SureEndOf(volume, disc.LengthBytes)));
        var far = Sector.Count(volumes.Max(VolumeSpace.EndOf));
        var nearEnd = near + IsoLimits.LongWindowSectors;
        return FindIn(disc, near, near, nearEnd, volumes) ?? FindIn(disc, near, Math.Max(far, nearEnd), far + IsoLimits.LongWindowSectors, volumes);
    }

    private static long? FindIn(DiscReader disc, long lowest, long first, long end, IReadOnlyList<IVolume> volumes)
    {
        end = Math.Min(end, disc.LengthBytes / Sector.Size);
        var runs = new SectorRuns(disc, end);
        for (var sector = first; sector < end; sector++)
        {
            var bytes = runs.Read(sector);
            if (!bytes.IsEmpty && StartOf(disc, bytes, sector) is { } start && start >= lowest && !volumes.Any(volume => VolumeSpace.HasFileAt(volume, start, 0)))
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>
    /// Where a volume of ISO 9660 ends if one of its numbers is wrong: a length that reaches over a session must not hide it. Files that go past the
    /// disc's end count for nothing, nor do those that go past the volume's where all files begin before that. What names are lost of may lie anywhere.
    /// </summary>
    private static long SureEndOf(IVolume volume, long discBytes)
    {
        if (volume.Kind != FileSystemKind.Iso9660 || volume.IsIncomplete)
        {
            return VolumeSpace.EndOf(volume);
        }

        var runs = VolumeSpace.RunsOf(volume).Concat(volume.BootImages.Select(image => image.Extent.Stored)).Where(run => run.Length > 0);
        var limit = runs.All(run => run.Start < volume.LengthBytes) ? Math.Min(volume.LengthBytes, discBytes) : discBytes;
        var sure = runs.Concat(volume.Structures).Where(run => run.End <= limit).Select(run => run.End).Append(0).Max();

        // One that is too long may have content up to the volume's end.
        return runs.Any(run => run.End > limit) && volume.LengthBytes <= discBytes ? Math.Max(sure, volume.LengthBytes) : sure;
    }

    /// <returns>The first sector of the session that what stands here tells of; null for anything else.</returns>
    private static long? StartOf(DiscReader disc, ReadOnlySpan<byte> bytes, long sector)
    {
        if (bytes[1..].StartsWith("BEA01"u8))
        {
            // Of a bridge disc the descriptors of ISO 9660 come first (UDF 1.02 §6).
            var first = sector;
            while (first > 0 && disc.ReadSector(first - 1) is { } before && before.AsSpan(1).StartsWith("CD001"u8))
            {
                first--;
            }

            var start = first - DescriptorSet.FirstSector;
            return start >= 0 && RecognitionSequence.Read(disc, start) == Recognition.Present ? start : null;
        }

        if (VolumeDescriptor.IsPrimary(bytes))
        {
            return new SessionHead(disc).Absolute(sector) is null ? null : sector - DescriptorSet.FirstSector;
        }

        return IsMac(disc, bytes, sector) ? sector : null;
    }

    /// <summary>A volume has a copy of its header at its end, behind which it can't fit again.</summary>
    private static bool IsMac(DiscReader disc, ReadOnlySpan<byte> bytes, long sector)
    {
        var start = sector * Sector.Size;
        if (bytes.StartsWith("ER"u8))
        {
            return bytes[512..].StartsWith("PM"u8);
        }

        var header = bytes[HfsReader.HeaderAt..];
        return (header.StartsWith("BD"u8) && MasterDirectoryBlock.Read(disc, start, start + HfsReader.HeaderAt)?.End <= disc.LengthBytes)
            || ((header.StartsWith("H+"u8) || header.StartsWith("HX"u8))
                && start + VolumeHeader.Read(disc, start, start + HfsReader.HeaderAt)?.Grid.LengthBytes <= disc.LengthBytes);
    }
}
