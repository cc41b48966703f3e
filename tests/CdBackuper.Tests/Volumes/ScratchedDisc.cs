using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes;

/// <summary>An image in memory, some sectors of which can't be read, or hold other bytes.</summary>
internal sealed class ScratchedDisc(byte[] bytes) : ISectorSource
{
    private readonly HashSet<long> bad = [];

    public byte[] Bytes => bytes;

    public long SectorCount => Sector.Count(bytes.Length);

    public ScratchedDisc Without(params long[] sectors)
    {
        bad.UnionWith(sectors);
        return this;
    }

    /// <summary>Blank as in a copy by a program that wrote zeros where it could not read.</summary>
    public ScratchedDisc Blank(params long[] sectors)
    {
        foreach (var sector in sectors)
        {
            bytes.AsSpan((int)sector * Sector.Size, Sector.Size).Clear();
        }

        return this;
    }

    public bool TryRead(long sector, Span<byte> buffer)
    {
        var count = buffer.Length / Sector.Size;
        if (sector < 0 || sector + count > SectorCount || bad.Any(lost => lost >= sector && lost < sector + count))
        {
            buffer.Fill(0xEE);
            return false;
        }

        bytes.AsSpan((int)sector * Sector.Size, buffer.Length).CopyTo(buffer);
        return true;
    }

    public IVolume Read() => VolumeReader.Read(this) ?? throw new InvalidOperationException("no volume was found");

    /// <returns>The file's content as text.</returns>
    public string Text(FileEntry entry) => string.Concat(
        entry.Extents!.Select(extent => System.Text.Encoding.Latin1.GetString(bytes, (int)extent.Start, (int)extent.Length)));
}
