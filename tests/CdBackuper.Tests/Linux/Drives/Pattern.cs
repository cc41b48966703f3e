using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Linux.Drives;

/// <summary>Content of which every sector differs.</summary>
public static class Pattern
{
    public static byte[] OfBytes(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    public static byte[] OfSectors(int count) => OfBytes(count * Sector.Size);

    public static ReadOnlySpan<byte> SectorOf(byte[] content, int sector) =>
        content.AsSpan(sector * Sector.Size, Sector.Size);
}
