using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Museum;

/// <summary>Makes a sparse image of what a reader looks at on a disc.</summary>
internal sealed class TracedSectors(ISectorSource inner, int mostBytes) : ISectorSource
{
    private const int SmallFiles = 8;
    private const int SmallFileBytes = 8192;

    private readonly Dictionary<long, SparseRecord?> records = [];
    private int bytes;

    public long SectorCount => inner.SectorCount;

    /// <param name="disc">The disc.</param>
    /// <param name="mostBytes">What does not fit any more is left out: it reads as zeros.</param>
    public static SparseImage Shrink(ISectorSource disc, int mostBytes)
    {
        var traced = new TracedSectors(disc, mostBytes);
        var content = VolumeReader.Read(traced);
        foreach (var entry in (content?.Entries ?? []).Where(entry => entry.Size is > 0 and <= SmallFileBytes).Take(SmallFiles))
        {
            new FileContent(traced, entry).TryRead(0, new byte[entry.Size]);
        }

        return new(
            (int)Math.Min(disc.SectorCount, SparseImage.MaxUnits),
            [.. traced.records.Values.OfType<SparseRecord>().OrderBy(record => record.Number)]);
    }

    public bool TryRead(long sector, Span<byte> buffer)
    {
        var isRead = inner.TryRead(sector, buffer);
        for (var offset = 0; isRead && offset < buffer.Length; offset += Sector.Size)
        {
            Keep(sector + (offset / Sector.Size), buffer.Slice(offset, Sector.Size));
        }

        return isRead;
    }

    private void Keep(long sector, ReadOnlySpan<byte> content)
    {
        var used = content.TrimEnd((byte)0);
        if (sector >= SparseImage.MaxUnits || used.Length == 0 || bytes + used.Length > mostBytes || records.ContainsKey(sector))
        {
            return;
        }

        records[sector] = new((int)sector, used.ToArray()) { IsMended = UdfTag.IsTag(content) };
        bytes += used.Length;
    }
}
