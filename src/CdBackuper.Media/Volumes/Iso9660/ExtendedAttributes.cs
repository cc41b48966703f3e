using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>The extended attribute record that may stand before a file's content (ECMA-119 §9.5); VMS wrote it.</summary>
internal static class ExtendedAttributes
{
    private const int CreationAt = 10;
    private const int VersionAt = 180;
    private const int Length = 250;

    /// <param name="disc">The disc.</param>
    /// <param name="start">Where the record begins, in bytes.</param>
    /// <param name="structures">Takes the record, where one is there.</param>
    /// <returns>When the file was made (§9.5.4); null where that is not told, can't be read or no record is there.</returns>
    public static DateTimeOffset? ReadCreated(DiscReader disc, long start, List<ByteRange> structures)
    {
        var range = new ByteRange(start, Length);
        if (disc.ReadBytes(range) is not { } bytes || bytes[VersionAt] != 1)
        {
            return null;
        }

        structures.Add(range);
        return IsoDate.TryReadDescriptor(bytes.AsSpan(CreationAt), out var created) ? created : null;
    }
}
