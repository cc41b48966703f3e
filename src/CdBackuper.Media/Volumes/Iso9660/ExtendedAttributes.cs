using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>The extended attribute record that may stand before a file's content (ECMA-119 §9.5); VMS wrote it.</summary>
/// <param name="Created">When the file was made (§9.5.4); null where that is not told.</param>
/// <param name="Permissions">Who may read and execute the file (§9.5.3), as the lower bits of a POSIX mode.</param>
internal readonly record struct ExtendedAttributes(DateTimeOffset? Created, uint Permissions)
{
    private const int PermissionsAt = 8;
    private const int CreationAt = 10;
    private const int VersionAt = 180;
    private const int Length = 250;

    /// <param name="disc">The disc.</param>
    /// <param name="start">Where the record begins, in bytes.</param>
    /// <param name="structures">Takes the record, where one is there.</param>
    /// <returns>Null where it can't be read or no record is there.</returns>
    public static ExtendedAttributes? Read(DiscReader disc, long start, List<ByteRange> structures)
    {
        var range = new ByteRange(start, Length);
        if (disc.ReadBytes(range) is not { } bytes || bytes[VersionAt] != 1)
        {
            return null;
        }

        structures.Add(range);

        // A bit that is not set permits; owner, group and all others from bit 4 on, those of the system's group before (§9.5.3).
        var granted = ~BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(PermissionsAt)) >> 4;
        return new(IsoDate.TryReadDescriptor(bytes.AsSpan(CreationAt), out var created) ? created : null, AccessBits.ToMode(granted));
    }
}
