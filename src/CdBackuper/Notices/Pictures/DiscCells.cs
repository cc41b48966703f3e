using CdBackuper.Archive.Format;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Notices.Pictures;

/// <summary>A disc in equal parts from its first byte to its last, each by the worst that is in it. Pure.</summary>
internal static class DiscCells
{
    /// <param name="count">How many parts.</param>
    /// <param name="lengthBytes">How long the disc is.</param>
    /// <param name="map">What was read.</param>
    /// <param name="unread">What holds data and was not read.</param>
    /// <param name="damaged">The files that miss something: where they lie, the unread is worse.</param>
    public static CellState[] Of(int count, long lengthBytes, RescueMap map, ByteSet unread, IEnumerable<ListedEntry> damaged)
    {
        var cells = new CellState[count];
        var owned = ByteSet.Of(damaged
            .SelectMany(file => file.Extents ?? [])
            .Where(extent => extent.IsStored)
            .Select(extent => extent.Stored));
        Paint(cells, lengthBytes, map.Finished, CellState.Read);
        Paint(cells, lengthBytes, unread, CellState.Unread);
        Paint(cells, lengthBytes, unread.Intersect(owned), CellState.Lost);
        return cells;
    }

    private static void Paint(CellState[] cells, long lengthBytes, ByteSet bytes, CellState state)
    {
        foreach (var run in bytes.Within(new(0, lengthBytes)))
        {
            var first = (int)((Int128)run.Start * cells.Length / lengthBytes);
            var last = (int)((Int128)(run.End - 1) * cells.Length / lengthBytes);
            cells.AsSpan(first, last - first + 1).Fill(state);
        }
    }
}
