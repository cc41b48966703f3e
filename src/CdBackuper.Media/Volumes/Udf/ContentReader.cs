using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads the whole content of a file that the file system needs: a table, a link's path.</summary>
internal sealed class ContentReader(ContentMap map)
{
    private const int PieceBytes = 16 * Sector.Size;

    private readonly UdfDisc disc = map.Structures.Disc;

    /// <param name="record">The file.</param>
    /// <param name="maxBytes">As much is read at most.</param>
    /// <param name="what">Whose it is, for people.</param>
    /// <param name="lost">The bytes of the content that can't be read; they are 0 in what is returned.</param>
    public byte[] Read(FileRecord record, int maxBytes, string what, out ByteSet lost)
    {
        var isWhole = map.TryFind(record, what, out var runs);
        var length = (int)Math.Min(Math.Min(record.LengthBytes, (ulong)maxBytes), (ulong)runs.Sum(run => run.Length));
        var bytes = new byte[length];
        var gaps = new List<ByteRange>();
        var done = 0;
        foreach (var run in runs)
        {
            for (long offset = 0; offset < run.Length && done < length;)
            {
                // up to the end of a sector, so that an unreadable one costs no other's bytes
                var piece = Math.Min(PieceBytes, Math.Min(run.Length - offset, length - done));
                var isRead = run.IsHole || TryRead(run, offset, bytes.AsSpan(done, (int)piece));
                if (!isRead && piece > disc.BlockSize)
                {
                    piece = disc.BlockSize;
                    isRead = TryRead(run, offset, bytes.AsSpan(done, (int)piece));
                }

                if (!isRead)
                {
                    gaps.Add(new(done, piece));
                    disc.Damages.Add(
                        DamageIds.StructureUnreadable,
                        UdfDisc.SectorOf(run.Position + offset),
                        $"A part of {what} can't be read.");
                }

                offset += piece;
                done += (int)piece;
            }
        }

        if (!isWhole && record.LengthBytes > (ulong)length)
        {
            gaps.Add(new(length, (long)Math.Min(record.LengthBytes, int.MaxValue) - length));
        }

        lost = ByteSet.Of(gaps);
        return bytes;
    }

    private bool TryRead(ContentRun run, long offset, Span<byte> target)
    {
        if (run.Position >= 0 && disc.Read(run.Position + offset, target.Length) is { } bytes)
        {
            bytes.CopyTo(target);
            return true;
        }

        if (target.Length > disc.BlockSize || run.Place is not { } place)
        {
            return false;
        }

        var copy = map.Structures.PartitionOf(place.Partition).FindCopy(place.Block + (offset / disc.BlockSize));
        if (copy < 0 || disc.Read(copy, target.Length) is not { } other)
        {
            return false;
        }

        other.CopyTo(target);
        return true;
    }
}
