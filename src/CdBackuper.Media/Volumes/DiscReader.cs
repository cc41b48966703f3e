using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes;

/// <summary>Reads structures of a volume: directories in large runs, small things through a cache of sectors.</summary>
internal sealed class DiscReader(ISectorSource source)
{
    public const int RunSectors = 512;
    private const int CachedSectors = 64;

    private readonly Dictionary<long, byte[]?> cache = [];
    private byte[]? run;

    /// <summary>Bytes the disc has.</summary>
    public long LengthBytes { get; } = Math.Max(0, source.SectorCount) * Sector.Size;

    /// <summary>Room for <see cref="RunSectors"/> sectors, used by one reader at a time.</summary>
    public byte[] Run => run ??= new byte[RunSectors * Sector.Size];

    /// <inheritdoc cref="ISectorSource.Form2"/>
    public IForm2Source? Form2 => source.Form2;

    public bool TryRead(long sector, Span<byte> buffer) =>
        sector >= 0 && (sector * Sector.Size) + buffer.Length <= LengthBytes && source.TryRead(sector, buffer);

    /// <returns>
    /// The bytes of one sector; null when it can't be read. Remembered, good or bad: a bad read costs seconds.
    /// </returns>
    public byte[]? ReadSector(long sector)
    {
        if (cache.TryGetValue(sector, out var known))
        {
            return known;
        }

        // Neighbours in a directory share continuation areas, so a cache that starts afresh when full serves as well
        // as one that ages.
        if (cache.Count >= CachedSectors)
        {
            cache.Clear();
        }

        var bytes = new byte[Sector.Size];
        return cache[sector] = TryRead(sector, bytes) ? bytes : null;
    }

    /// <returns>
    /// The bytes of <paramref name="range"/>, which must be small; null when a sector of it can't be read.
    /// </returns>
    public byte[]? ReadBytes(ByteRange range)
    {
        if (range.End > LengthBytes)
        {
            return null;
        }

        var bytes = new byte[range.Length];
        for (var position = range.Start; position < range.End;)
        {
            if (ReadSector(position / Sector.Size) is not { } sector)
            {
                return null;
            }

            var offset = (int)(position % Sector.Size);
            var count = (int)Math.Min(Sector.Size - offset, range.End - position);
            sector.AsSpan(offset, count).CopyTo(bytes.AsSpan((int)(position - range.Start)));
            position += count;
        }

        return bytes;
    }
}
