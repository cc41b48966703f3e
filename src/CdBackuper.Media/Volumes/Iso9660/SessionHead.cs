using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Tells what stands at a sector: the first descriptor of a session, or what is left of a session's head.</summary>
internal sealed class SessionHead(DiscReader disc)
{
    /// <summary>As many sectors as fail together, and some.</summary>
    private const int UnreadableRun = 40;

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
        && disc.ReadSector(sector + 1) is { } next && DescriptorSet.IsDescriptor(next)
        && IsLost(root.Start / Sector.Size)
            ? descriptor
            : null;

    /// <returns>True for a descriptor that no session begins with, behind a sector that is lost: that of its first one.</returns>
    public bool IsBehindLost(ReadOnlySpan<byte> bytes, long sector) =>
        DescriptorSet.IsDescriptor(bytes) && bytes[0] != DescriptorSet.Primary && IsLost(sector - 1) && IsLost(sector - 2);

    /// <returns>True where something stands where a session would have its directories.</returns>
    public bool HasContentFrom(long first)
    {
        var end = Math.Min(first + IsoLimits.SessionWindowSectors, disc.LengthBytes / Sector.Size);
        var unreadable = 0;
        for (var sector = first; sector < end && unreadable < UnreadableRun; sector++)
        {
            if (!IsLost(sector))
            {
                return true;
            }

            unreadable += disc.ReadSector(sector) is null ? 1 : 0;
        }

        return false;
    }

    /// <returns>True for a sector that can't be read, or of which nothing is left.</returns>
    private bool IsLost(long sector) => disc.ReadSector(sector) is not { } bytes || Sector.IsBlank(bytes);
}
