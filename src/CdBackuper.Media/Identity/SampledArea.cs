using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>
/// Where samples are taken: in what files hold. Discs that were mastered from one template have the same descriptors and directories,
/// and drives give what they like for the run-out blocks behind the volumes.
/// </summary>
public static class SampledArea
{
    /// <param name="read">Every byte of the disc that was read.</param>
    /// <param name="files">Every byte that a file holds; empty where no file system was read.</param>
    /// <returns>Of a disc without files that were read, all but its head.</returns>
    public static ByteSet Of(ByteSet read, ByteSet files)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(files);
        var inside = read.Intersect(files);
        return inside.TotalLength >= Sector.Size
            ? inside
            : read.Except(ByteSet.Of(ByteRange.OfSectors(0, DiscEvidence.HeadSectors)));
    }
}
