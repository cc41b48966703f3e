using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Museum;

/// <summary>A sparse image as the sectors of a disc.</summary>
internal sealed class SparseDisc : ISectorSource
{
    private readonly Dictionary<long, byte[]?> sectors = [];

    public SparseDisc(SparseImage image)
    {
        SectorCount = image.Units;
        foreach (var record in image.Records)
        {
            var bytes = new byte[Sector.Size];
            record.Bytes.AsSpan(0, Math.Min(record.Bytes.Length, bytes.Length)).CopyTo(bytes);
            sectors[record.Number] = record.IsUnreadable ? null : bytes;
        }

        foreach (var record in image.Records.Where(record => record is { IsMended: true, IsUnreadable: false }))
        {
            if (sectors[record.Number] is { } bytes)
            {
                UdfTag.Mend(bytes, sectors.GetValueOrDefault(record.Number + 1L));
            }
        }
    }

    public long SectorCount { get; }

    public bool TryRead(long sector, Span<byte> buffer)
    {
        var count = buffer.Length / Sector.Size;
        if (sector < 0 || sector + count > SectorCount)
        {
            return false;
        }

        for (var index = 0; index < count; index++)
        {
            var part = buffer.Slice(index * Sector.Size, Sector.Size);
            if (!sectors.TryGetValue(sector + index, out var bytes))
            {
                part.Clear();
            }
            else if (bytes is null)
            {
                buffer.Fill(0xEE);
                return false;
            }
            else
            {
                bytes.CopyTo(part);
            }
        }

        return true;
    }
}
