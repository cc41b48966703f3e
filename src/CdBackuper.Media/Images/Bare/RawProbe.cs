using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images.Bare;

/// <summary>Tells from an image without description whether it has whole sectors, and how far apart they are.</summary>
internal static class RawProbe
{
    private const int LookedAt = 64;
    private const int DescriptorSector = 16;

    /// <summary>So many places of an image that does not begin with data, or with damage.</summary>
    private const int Places = 256;

    /// <summary>2352; with 96 bytes of sub-channels; with 16 of the Q channel alone.</summary>
    private static readonly int[] Strides = [RawSector.Size, 2448, 2368];

    /// <returns>0 where the image has no whole sectors.</returns>
    public static int FindStride(IByteSource file)
    {
        Span<byte> start = stackalloc byte[RawSector.BodyOffset];
        var (best, bestCount) = (0, 0);
        foreach (var stride in Strides)
        {
            var (count, looked) = (0, 0);
            for (var sector = 0; sector < LookedAt && (sector * (long)stride) + stride <= file.LengthBytes; sector++)
            {
                looked++;
                count += file.TryRead(sector * (long)stride, start) && RawSector.HasSync(start) ? 1 : 0;
            }

            // Half of them, since the others may be damaged; one would be chance.
            if (count > bestCount && 2 * count >= looked && (count > 1 || looked == 1))
            {
                (best, bestCount) = (stride, count);
            }
        }

        return best > 0 ? best : Array.Find(Strides, stride => HasDataSomewhere(file, stride));
    }

    /// <summary>Sound may come first. Neighbours whose addresses follow on one another, twice, are no chance.</summary>
    private static bool HasDataSomewhere(IByteSource file, int stride)
    {
        if (file.LengthBytes % stride != 0)
        {
            return false;
        }

        var survey = new HeaderSurvey(file, 0, stride);
        return Enumerable.Range(0, Places)
            .Select(place => survey.Count * place / Places)
            .Distinct()
            .Where(index => survey.Ask(index) is { } one && survey.Ask(index + 1) is { } next && one.Shift == next.Shift)
            .Take(2)
            .Count() == 2;
    }

    /// <returns>True for an image of Mode 2 from the sub-headers on: a volume descriptor lies where it then does.</returns>
    public static bool IsFromSubHeaders(IByteSource file)
    {
        const int Stride = 2336;
        Span<byte> start = stackalloc byte[16];
        return file.TryRead(DescriptorSector * (long)Stride, start)
            && start[..4].SequenceEqual(start.Slice(4, 4))
            && (start[9..].StartsWith("CD001"u8) || start[9..].StartsWith("BEA01"u8));
    }
}
