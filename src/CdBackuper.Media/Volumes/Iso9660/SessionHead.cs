using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Tells what stands at a sector: the first descriptor of a session, or what is left of a session's head.</summary>
internal sealed class SessionHead(DiscReader disc)
{
    /// <summary>As many sectors as fail together, and some.</summary>
    private const int UnreadableRun = 40;

    /// <summary>Descriptors, path tables of a volume without many directories, and what writers put between them.</summary>
    private const int BeforeRoot = 64;

    /// <returns>The primary descriptor at a sector, whatever it says; null where there is none.</returns>
    public VolumeDescriptor? At(long sector) =>
        disc.ReadSector(sector) is { } bytes && VolumeDescriptor.IsPrimary(bytes) ? new(bytes, sector) : null;

    /// <returns>
    /// A descriptor whose root lies behind it and says of itself that it lies there: not that of an image which the disc holds
    /// as a file, since its numbers count from the file's start.
    /// </returns>
    public VolumeDescriptor? Absolute(long sector) =>
        At(sector) is { Root: { } root } descriptor
        && root.Start / Sector.Size > sector
        && disc.ReadSector(root.Start / Sector.Size) is { } bytes
        && DirectoryRecord.TryRead(bytes.AsSpan((int)(root.Start % Sector.Size)), isHighSierra: false, out var self)
        && self.IsSelf
        && self.DataStart(descriptor.BlockSize) == root.Start
            ? descriptor
            : null;

    /// <returns>A descriptor that others follow, and of whose root, behind it, nothing is left.</returns>
    public VolumeDescriptor? WithLostRoot(long sector) =>
        At(sector) is { Root: { } root } descriptor
        && root.Start / Sector.Size > sector
        && (IsLost(sector + 1) || (disc.ReadSector(sector + 1) is { } next && DescriptorSet.IsDescriptor(next)))
        && IsLost(root.Start / Sector.Size)
            ? descriptor
            : null;

    /// <returns>True for a descriptor that no session begins with, behind a sector that is lost: that of its first one.</returns>
    public bool IsBehindLost(ReadOnlySpan<byte> bytes, long sector) =>
        DescriptorSet.IsDescriptor(bytes) && bytes[0] != DescriptorSet.Primary && IsLost(sector - 1) && IsLost(sector - 2);

    /// <returns>True where something stands where a session would have its directories.</returns>
    public bool HasContentFrom(long first, bool isDrive)
    {
        var end = Math.Min(first + IsoLimits.SessionWindowSectors, disc.LengthBytes / Sector.Size);
        var unreadable = 0;
        for (var sector = first; sector < end && !(isDrive && unreadable >= UnreadableRun); sector++)
        {
            if (!IsLost(sector))
            {
                return true;
            }

            unreadable += disc.ReadSector(sector) is null ? 1 : 0;
        }

        return false;
    }

    /// <returns>The first descriptor in a part of an image that lies where it says (<see cref="Absolute"/>); null where none does.</returns>
    public VolumeDescriptor? FirstIn(long first, long end)
    {
        end = Math.Min(end, disc.LengthBytes / Sector.Size);
        var runs = new SectorRuns(disc, end);
        for (var sector = first; sector < end; sector++)
        {
            if (VolumeDescriptor.IsPrimary(runs.Read(sector)) && Absolute(sector) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A root names its own place (ECMA-119 §6.8.2.2), so that it tells of a session of whose descriptors nothing is left.</summary>
    /// <param name="bytes">A sector's bytes; empty where it can't be read.</param>
    /// <param name="sector">Its number.</param>
    /// <param name="first">The first sector where the session may lie.</param>
    /// <returns>Where its first descriptor should stand, as near as can be told; null where this is no root, or nothing is lost before it.</returns>
    public long? LostBeforeRoot(ReadOnlySpan<byte> bytes, long sector, long first)
    {
        if (bytes.IsEmpty || !RootSearch.IsRoot(bytes, sector))
        {
            return null;
        }

        // On most media sessions begin at full runs of 16 sectors, and so do their descriptors.
        var aligned = (sector - 1) / DescriptorSet.FirstSector * DescriptorSet.FirstSector;
        var lowest = Math.Max(first, sector - BeforeRoot);
        if (aligned >= lowest && IsLost(aligned))
        {
            return aligned;
        }

        var last = sector - 1;
        while (last >= lowest && !IsLost(last))
        {
            last--;
        }

        return last >= lowest ? last : null;
    }

    /// <returns>True for a sector that can't be read, or of which nothing is left.</returns>
    public bool IsLost(long sector) => disc.ReadSector(sector) is not { } bytes || Sector.IsBlank(bytes);
}
