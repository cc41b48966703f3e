using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>
/// Looks whether the journal holds changes that were not yet written where they belong (TN1150, "Journal"). They are
/// not replayed: the disc can't be written to, and a reader that mixes both shows what never was.
/// </summary>
internal static class Journal
{
    private const uint InFileSystem = 1;
    private const uint Magic = 0x4A4E4C78;
    private const int InfoBytes = 52;
    private const int HeaderBytes = 24;

    /// <summary>
    /// Notes a journal that is not empty. One that can't be read is passed over: nothing depends on it.
    /// </summary>
    /// <returns>True where there are such changes: names may be among them.</returns>
    public static bool IsPending(DiscReader disc, VolumeHeader header, DamageLog damages)
    {
        if (header.JournalBlock is not { } block
            || Read(disc, header.Grid.FirstByte + (block * header.Grid.BlockSize), InfoBytes) is not { } info
            || (BinaryPrimitives.ReadUInt32BigEndian(info) & InFileSystem) == 0)
        {
            return false;
        }

        var offset = BinaryPrimitives.ReadUInt64BigEndian(info.AsSpan(36));
        if (offset > (ulong)header.Grid.LengthBytes
            || Read(disc, header.Grid.FirstByte + (long)offset, HeaderBytes) is not { } journal)
        {
            return false;
        }

        // in the byte order of the machine that wrote it
        var isJournal = BinaryPrimitives.ReadUInt32BigEndian(journal) == Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(journal) == Magic;
        var isPending = isJournal && !journal.AsSpan(8, 8).SequenceEqual(journal.AsSpan(16, 8));
        if (isPending)
        {
            damages.Add(
                DamageIds.HfsJournalPending,
                (header.Grid.FirstByte + (long)offset) / Sector.Size,
                "The journal holds changes that were not written to the volume: it is read as it is without them.");
        }

        return isPending;
    }

    private static byte[]? Read(DiscReader disc, long start, int length) =>
        start >= 0 && start <= disc.LengthBytes - length ? disc.ReadBytes(new(start, length)) : null;
}
