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

    /// <summary>The lengths that a sector may have, the most likely first (UDF 2.01 §2.2.4.2).</summary>
    private static readonly int[] SectorSizes = [2048, 512, 4096, 1024];

    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="position">Where they lie.</param>
    /// <returns>
    /// What the anchor that they are says, by each length that a sector may have: its descriptors tell which is true. Empty where they are
    /// none.
    /// </returns>
    public static IReadOnlyList<Anchor> Read(ReadOnlySpan<byte> bytes, long position)
    {
        var tag = DescriptorTag.Read(bytes[..Length]);
        if (tag is not { Id: TagId.Anchor, IsChecksumRight: true, IsCrcRight: true })
        {
            return [];
        }

        // An anchor says in which sector it lies, and so how long a sector is. Where that is none of the four lengths,
        // the image begins elsewhere than the disc, or the number counts from a session's beginning.
        var (main, reserve) = (SectorExtent.Read(bytes[16..]), SectorExtent.Read(bytes[24..]));
        var size = tag.Location == 0 || position % tag.Location != 0 ? 0 : position / tag.Location;
        return SectorSizes.Contains((int)Math.Min(size, int.MaxValue))
            ? [new(position, (int)size, 0, main, reserve)]
            : [.. SectorSizes.Where(likely => position % likely == 0)
                .Select(likely => new Anchor(position, likely, (position / likely) - tag.Location, main, reserve))];
    }
}
