namespace CdBackuper.Media.Volumes.Udf;

/// <summary>An anchor volume descriptor pointer: where the volume descriptors lie (ECMA-167 3/10.2).</summary>
/// <param name="Position">Where it was found, in bytes.</param>
/// <param name="SectorSize">Bytes of a logical sector.</param>
/// <param name="BaseSector">What is to be added to the disc's own sector numbers, as far as the anchor tells.</param>
/// <param name="Main">The main sequence.</param>
/// <param name="Reserve">Its copy.</param>
internal readonly record struct Anchor(
    long Position,
    int SectorSize,
    long BaseSector,
    SectorExtent Main,
    SectorExtent Reserve)
{
    public const int Length = 512;

    private const int DefaultSectorSize = 2048;

    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="position">Where they lie.</param>
    /// <param name="anchor">What they say.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long position, out Anchor anchor)
    {
        anchor = default;
        var tag = DescriptorTag.Read(bytes[..Length]);
        if (tag is not { Id: TagId.Anchor, IsChecksumRight: true, IsCrcRight: true })
        {
            return false;
        }

        // An anchor says in which sector it lies, and so how long a sector is. Where that is none of the four lengths,
        // the image begins elsewhere than the disc, or the number counts from a session's beginning.
        var size = tag.Location == 0 || position % tag.Location != 0 ? 0 : position / tag.Location;
        var sectorSize = size is 512 or 1024 or 2048 or 4096 ? (int)size : DefaultSectorSize;
        var baseSector = size == sectorSize ? 0 : (position / sectorSize) - tag.Location;
        anchor = new(position, sectorSize, baseSector, SectorExtent.Read(bytes[16..]), SectorExtent.Read(bytes[24..]));
        return true;
    }
}
