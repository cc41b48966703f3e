using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// What lies behind all volumes that were found in an image without table of contents: run-out and padding, or a session that nobody
/// found.
/// </summary>
/// <param name="HasContent">True where more stands there than run-out blocks, which hold anything.</param>
/// <param name="Unread">What can't be read there and may be a session's; whole sectors.</param>
public sealed record BehindVolumes(bool HasContent, ByteSet Unread)
{
    /// <summary>Two run-out blocks behind a track (ECMA-394 §20; "Orange Book" part II) may hold what was written there before.</summary>
    private const int RunOut = 2;

    /// <summary>A session's least: two descriptors, two path tables, a root (ECMA-119 §6). What is smaller, among blank sectors, is none.</summary>
    private const int LeastSession = 5;

    private static readonly BehindVolumes Nothing = new(false, ByteSet.Empty);

    /// <param name="source">The image.</param>
    /// <param name="volumes">What was found in it.</param>
    /// <returns>
    /// What the first <see cref="IsoLimits.LongWindowSectors"/> behind the volumes hold. Of longer unread runs than padding and run-out
    /// <see cref="LostHeads"/> judges, by their length.
    /// </returns>
    public static BehindVolumes Survey(ISectorSource source, IReadOnlyList<IVolume> volumes)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(volumes);
        if (volumes.Count == 0)
        {
            return Nothing;
        }

        var disc = new DiscReader(source);
        var first = Sector.Count(volumes.Max(VolumeSpace.EndOf));
        var end = Math.Min(disc.LengthBytes / Sector.Size, first + IsoLimits.LongWindowSectors);
        var owned = ByteSet.Of(volumes.SelectMany(volume => volume.Structures));
        var runs = new SectorRuns(disc, end);
        var (content, unread) = (0, new List<ByteRange>());
        for (var sector = first; sector < end; sector++)
        {
            var bytes = runs.Read(sector);
            if (bytes.IsEmpty)
            {
                unread.Add(ByteRange.OfSectors(sector, 1));
            }
            else if (!Sector.IsBlank(bytes) && !owned.Contains(ByteRange.OfSectors(sector, 1)))
            {
                content++;
            }
        }

        var hasContent = content > RunOut;
        var least = hasContent ? 1 : end - first > LostHeads.LongestEnd ? LeastSession : long.MaxValue;
        return new(hasContent, ByteSet.Of(ByteSet.Of(unread).Where(run => run.Length / Sector.Size >= least && run.Length <= LostHeads.LongestEnd * Sector.Size)));
    }

    /// <returns>The volumes, of which the last one knows of what stands behind all of them, and needs what can't be read there.</returns>
    internal static IReadOnlyList<IVolume> Note(ISectorSource source, IReadOnlyList<IVolume> volumes)
    {
        var (hasContent, unread) = Survey(source, volumes);
        if ((!hasContent && unread.IsEmpty) || volumes[^1] is not Volume last)
        {
            return volumes;
        }

        last = last with { HasContentBehind = hasContent, Structures = last.Structures.Union(unread) };
        return [.. volumes.SkipLast(1), unread is not [var first, ..] ? last : last with
        {
            Damages = [.. last.Damages, new(DamageIds.StructureUnreadable, first.Start / Sector.Size, "Behind all file systems that were found sectors can't be read: a later session may be lost there.")],
        }];
    }
}
