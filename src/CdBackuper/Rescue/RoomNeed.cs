using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Rescue;

/// <summary>How much a rescue may still write into the archive.</summary>
internal static class RoomNeed
{
    /// <param name="domain">What of the disc holds data, as bytes of the disc.</param>
    /// <param name="form2">Its sectors of Mode 2 Form 2; empty where none is known.</param>
    /// <param name="image">What of the disc is in its image already.</param>
    /// <param name="form2Image">What of it is kept beside the image already.</param>
    /// <returns>
    /// Bytes: 2048 for a sector of the image, 2336 for one that is kept beside it, where the image has a hole
    /// (decision 7).
    /// </returns>
    public static long Of(ByteSet domain, ByteSet form2, ByteSet image, ByteSet form2Image)
    {
        var plain = domain.Except(form2).Except(image).TotalLength;
        var beside = domain.Intersect(form2).Except(form2Image).TotalLength;
        return plain + (Sector.Count(beside) * RawSector.BodySize);
    }
}
