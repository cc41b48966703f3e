using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Reads the bytes of a fork of many runs: of a B-tree file, or of a small file whose content is a structure.
/// </summary>
internal sealed class ForkReader
{
    private readonly SectorWindow window;
    private readonly IReadOnlyList<Extent> extents;
    private readonly long[] ends;

    public ForkReader(SectorWindow window, IReadOnlyList<Extent> extents)
    {
        this.window = window;
        this.extents = extents;
        ends = new long[extents.Count];
        for (var index = 0; index < ends.Length; index++)
        {
            ends[index] = (index == 0 ? 0 : ends[index - 1]) + extents[index].Length;
        }
    }

    /// <summary>Bytes of the fork.</summary>
    public long Length => ends.Length == 0 ? 0 : ends[^1];

    /// <returns>False when a byte can't be read or lies past the fork's end.</returns>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > Length - buffer.Length)
        {
            return false;
        }

        for (var index = IndexOf(offset); !buffer.IsEmpty; index++)
        {
            var extent = extents[index];
            var skipped = offset - (ends[index] - extent.Length);
            var part = buffer[..(int)Math.Min(buffer.Length, extent.Length - skipped)];
            if (!window.TryRead(extent.Start + skipped, part, extent.Start + extent.Length))
            {
                return false;
            }

            buffer = buffer[part.Length..];
            offset += part.Length;
        }

        return true;
    }

    /// <summary>Adds the bytes of the disc that hold a part of the fork; what lies past its end is left out.</summary>
    public void AddPlaces(long offset, long length, ICollection<ByteRange> places)
    {
        length = Math.Min(length, Length - offset);
        for (var index = IndexOf(offset); length > 0; index++)
        {
            var extent = extents[index];
            var skipped = offset - (ends[index] - extent.Length);
            var part = Math.Min(length, extent.Length - skipped);
            places.Add(new(extent.Start + skipped, part));
            offset += part;
            length -= part;
        }
    }

    /// <returns>
    /// Where a part of the fork lies on the disc; null where it lies in more than one piece, or past the end.
    /// </returns>
    public long? PlaceOf(long offset, long length)
    {
        if (offset < 0 || length <= 0 || offset > Length - length)
        {
            return null;
        }

        var index = IndexOf(offset);
        var skipped = offset - (ends[index] - extents[index].Length);
        return skipped + length <= extents[index].Length ? extents[index].Start + skipped : null;
    }

    private int IndexOf(long offset)
    {
        var found = Array.BinarySearch(ends, offset);
        var index = found >= 0 ? found + 1 : ~found;
        while (index < ends.Length && extents[index].Length == 0)
        {
            index++;
        }

        return index;
    }
}
