using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Finds the root directory where no volume descriptor can be read: a directory whose records of itself and of its
/// parent name one place (ECMA-119 §6.8.2.2), which is where it lies. Writers put it near the descriptors.
/// </summary>
internal static class RootSearch
{
    private const int Sectors = 512;
    private const int RecordLength = 34;

    /// <returns>A descriptor that says no more than where the root is; null where none is found.</returns>
    public static VolumeDescriptor? Find(DiscReader disc, long sessionStart, DamageLog damages)
    {
        // Only a lost descriptor is a reason to search: a readable one of another kind says that this is no ISO 9660.
        var first = sessionStart + DescriptorSet.FirstSector;
        if (disc.ReadSector(first) is { } readable && !Sector.IsBlank(readable))
        {
            return null;
        }

        var unreadable = 0;
        for (var sector = first + 1; sector <= first + Sectors && sector * Sector.Size < disc.LengthBytes; sector++)
        {
            var bytes = disc.ReadSector(sector);
            unreadable = bytes is null ? unreadable + 1 : 0;
            if (unreadable >= IsoLimits.UnreadableDescriptors)
            {
                return null;
            }

            if (bytes is not null && LayoutOf(bytes, sector) is { } layout)
            {
                damages.Add(
                    DamageIds.IsoDescriptorInvalid,
                    sector,
                    "No volume descriptor can be read: the root was found by a search, name and dates are lost.");
                return Describe(bytes, layout, first, disc.LengthBytes / Sector.Size);
            }
        }

        return null;
    }

    /// <returns>True for a directory that names its own place, as its own and as its parent's.</returns>
    public static bool IsRoot(ReadOnlySpan<byte> bytes, long sector) => IsRoot(bytes, sector, isHighSierra: false);

    /// <returns>Of which kind of volume a root stands there; null where none does. In a record of High Sierra the flags stand elsewhere.</returns>
    private static DescriptorLayout? LayoutOf(byte[] bytes, long sector) =>
        IsRoot(bytes, sector, isHighSierra: false) ? DescriptorLayout.Ecma119
        : IsRoot(bytes, sector, isHighSierra: true) ? DescriptorLayout.HighSierra
        : null;

    private static bool IsRoot(ReadOnlySpan<byte> bytes, long sector, bool isHighSierra) =>
        DirectoryRecord.TryRead(bytes, isHighSierra, out var self)
        && self is { IsSelf: true, IsDirectory: true, HalvesAgree: true }
        && self.Block == sector
        && self.AttributeBlocks == 0 // they would stand here, and the records behind them (§9.1.2)
        && bytes[0] >= RecordLength
        && DirectoryRecord.TryRead(bytes[bytes[0]..], isHighSierra, out var parent)
        && parent is { IsParent: true, HalvesAgree: true }
        && parent.Block == sector;

    private static VolumeDescriptor Describe(ReadOnlySpan<byte> root, DescriptorLayout layout, long first, long sectors)
    {
        var descriptor = new byte[Sector.Size];
        descriptor[0] = DescriptorSet.Primary;
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(layout.SpaceSizeAt), (uint)Math.Min(sectors, uint.MaxValue));
        BinaryPrimitives.WriteUInt32BigEndian(descriptor.AsSpan(layout.SpaceSizeAt + 4), (uint)Math.Min(sectors, uint.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(layout.BlockSizeAt), Sector.Size);
        BinaryPrimitives.WriteUInt16BigEndian(descriptor.AsSpan(layout.BlockSizeAt + 2), Sector.Size);
        root[..RecordLength].CopyTo(descriptor.AsSpan(layout.RootAt));
        descriptor[layout.RootAt] = RecordLength;
        return new(descriptor, first, layout);
    }
}
