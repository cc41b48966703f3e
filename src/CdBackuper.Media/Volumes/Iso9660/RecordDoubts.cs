using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Judges what one byte of a record says by what lies where the record leads: whether it is a directory's, and what stands before the data.</summary>
internal sealed class RecordDoubts(DiscReader disc, VolumeDescriptor descriptor)
{
    private const int AttributeBytes = 250;
    private const int AttributeVersionAt = 180;
    private readonly List<ByteRange> tables = [];
    private HashSet<long>? directories;
    private ByteRange? lost;

    /// <returns>
    /// True for a record that does not say so and is a directory's: the path table has one there, which names this place as its own (ECMA-119
    /// §6.8.2.2) or can't be read. A directory's name has no version (§7.6) and whole sectors, so that hardly any file is asked.
    /// </returns>
    /// <param name="record">The record.</param>
    /// <param name="structures">Takes the path table, where it told or would tell.</param>
    /// <param name="isUnknown">True where a directory lies there, or may, and the table can't be read.</param>
    public bool IsDirectory(in DirectoryRecord record, List<ByteRange> structures, out bool isUnknown)
    {
        isUnknown = false;
        if (record.DataLengthBytes == 0 || record.DataLengthBytes % Sector.Size != 0 || record.IsDirectory || record.IsContinued || record.Name.Contains((byte)';'))
        {
            return false;
        }

        var start = record.DataStart(descriptor.BlockSize);
        var isNamed = IsNamed(start);
        if ((!isNamed && lost is null) || !(SelfAt(start, record.DataLengthBytes) || IsUnread(start)))
        {
            return false;
        }

        isUnknown = !isNamed;
        structures.AddRange(isNamed ? tables : [lost!.Value]);
        return isNamed;
    }

    /// <returns>True where no extended attribute record (§9.5) stands where one should: a directory begins there, or something else.</returns>
    public bool LacksAttributes(in DirectoryRecord record)
    {
        if (record.AttributeBlocks == 0 || descriptor.IsHighSierra || record.DataLengthBytes == 0 || record.IsSelf || record.IsParent)
        {
            return false;
        }

        // Its owner's numbers stand there twice (§9.5.1, §9.5.2); blank says nothing.
        var start = (long)record.Block * descriptor.BlockSize;
        return record.IsDirectory
            ? SelfAt(start, record.DataLengthBytes)
            : disc.ReadBytes(new(start, AttributeBytes)) is { } bytes && bytes[AttributeVersionAt] != 1
                && !(BothEndian.Agree16(bytes) && BothEndian.Agree16(bytes.AsSpan(4)));
    }

    private bool IsNamed(long start)
    {
        if (directories is null)
        {
            directories = [.. PathTable.Read(disc, descriptor, tables, isFirstOnly: true).Select(record => record.Start)];
            lost = PathTable.FindLost(disc, descriptor, isFirstOnly: true);
        }

        return directories.Contains(start);
    }

    private bool IsUnread(long start) => start < disc.LengthBytes && disc.ReadSector(start / Sector.Size) is null;

    private bool SelfAt(long start, uint length) =>
        disc.ReadSector(start / Sector.Size) is { } bytes
        && DirectoryRecord.TryRead(bytes.AsSpan((int)(start % Sector.Size)), descriptor.IsHighSierra, out var self)
        && self is { IsSelf: true, IsDirectory: true, HalvesAgree: true }
        && self.DataLengthBytes == length
        && (long)self.Block * descriptor.BlockSize == start;
}
