using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Archive.Store;

/// <summary>Film or sound in sectors of Mode 2 Form 2 that belong to no file: games and CD-i go there by number.</summary>
public static class UnownedForm2
{
    /// <param name="image">What was read.</param>
    /// <param name="listing">Every file, and where it lies.</param>
    /// <returns>True where such a sector is not blank. The gaps before tracks of a Video CD are.</returns>
    public static bool IsIn(RescuedImage image, Listing listing)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(listing);
        if (image.Form2 is not { } form2)
        {
            return false;
        }

        var owned = ByteSet.Of(listing.Files.SelectMany(file => file.Extents ?? []).Select(extent => extent.Stored));
        var body = new byte[RawSector.BodySize];
        foreach (var range in form2.FindForm2().Except(owned))
        {
            for (var sector = range.Start / Sector.Size; sector < Sector.Count(range.End); sector++)
            {
                if (!form2.TryReadForm2(sector, body)
                    || !Sector.IsBlank(body.AsSpan(RawSector.SubHeaderSize, RawSector.Form2Size)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
