using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>An image without its richer trees, so that each of its trees can be compared: as the kernel is told by mount options.</summary>
internal sealed class TreeView(ISectorSource source, bool hasRockRidge, bool hasJoliet) : ISectorSource
{
    private readonly long root = RootOf(source);

    public long SectorCount => source.SectorCount;

    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (!source.TryRead(sector, buffer))
        {
            return false;
        }

        for (var index = 0; index < buffer.Length / Sector.Size; index++)
        {
            var bytes = buffer.Slice(index * Sector.Size, Sector.Size);
            if (!hasJoliet && bytes[0] == 2 && bytes[1..6].SequenceEqual("CD001"u8))
            {
                bytes[0] = 3; // of a kind that is passed over
            }

            if (!hasRockRidge && sector + index == root && bytes[0] > 34)
            {
                bytes[34..bytes[0]].Clear(); // the root's own system use area, which says that there is Rock Ridge
            }
        }

        return true;
    }

    private static long RootOf(ISectorSource source)
    {
        var descriptor = new byte[Sector.Size];
        return source.TryRead(16, descriptor) ? BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(158)) : -1;
    }
}
