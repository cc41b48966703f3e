using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Media.Rescue;

/// <summary>What of a disc its file systems and their files need, as far as they are known.</summary>
/// <param name="Structures">What the file systems themselves need, read or not; whole sectors.</param>
/// <param name="Files">The files of which something is unread, in the order of the disc's tree.</param>
/// <param name="Spans">What the volumes reach over, and whatever else they name. The rest is gaps, run-out and padding.</param>
/// <param name="IsComplete">
/// False where names are or may be missing, or not all files were looked at: then what seems to be nobody's may be a file's.
/// </param>
public sealed record RescueNeeds(ByteSet Structures, IReadOnlyList<DamagedFile> Files, ByteSet Spans, bool IsComplete)
{
    /// <summary>Runs of unread bytes that are gathered for files. Real discs have less; hostile ones lay all files over all holes.</summary>
    private const int MaxHoles = 1_000_000;

    /// <summary>The longest gap, with the padding and the run-out blocks before it.</summary>
    private const long LongestGap = (DataDomain.FirstGap + 600) * Sector.Size;

    /// <summary>As many sectors as ddrescue reads at once: what fails together.</summary>
    public const int ReadSectors = 32;

    /// <summary>Before any file system was found.</summary>
    public static RescueNeeds Unknown { get; } = new(ByteSet.Empty, [], ByteSet.Empty, false) { IsKnown = false };

    /// <summary>An end of the disc in which a session may lie that nobody knows of, unread; else empty.</summary>
    private ByteSet UnknownEnd { get; init; } = ByteSet.Empty;

    /// <summary>False where no file system was found: then every byte may be of worth.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>What a file or a file system needs and does not have; of structures also what was read.</summary>
    public ByteSet All => ByteSet.Of(Files.SelectMany(file => file.Holes).Concat(Structures));

    /// <param name="volumes">Every volume that was found.</param>
    /// <param name="content">All of them as one: its files are those that count.</param>
    /// <param name="map">What of the disc was read, and what was tried.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="trackStarts">
    /// Where tracks of data begin, in sectors. One that no volume reaches has lost its own. Empty where nobody tells.
    /// </param>
    public static RescueNeeds Of(
        IReadOnlyList<IVolume> volumes, IVolume content, RescueMap map, long lengthBytes, IReadOnlyList<long> trackStarts)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(map);
        var disc = ByteSet.Of(new ByteRange(0, lengthBytes));
        var (unread, bad, tried) = (disc.Except(map.Finished), map.Of(BlockStatus.BadSector), map.Tried);
        var files = new List<DamagedFile>();
        var holes = new List<ByteRange>();
        var (count, isShared) = (0, true);
        foreach (var entry in content.Entries)
        {
            if (entry.Kind is not (EntryKind.File or EntryKind.Stream) || entry.Extents is null || count > MaxHoles)
            {
                continue;
            }

            holes.Clear();
            isShared = true;
            foreach (var extent in entry.Extents)
            {
                foreach (var hole in unread.Within(extent.Stored).Take(MaxHoles + 1 - count - holes.Count))
                {
                    holes.Add(hole);
                    isShared &= IsShared(hole, extent.Stored, unread);
                }
            }

            count += holes.Count;

            if (holes.Count > 0)
            {
                var needed = WholeSectors(holes, lengthBytes);
                files.Add(new(FileWorths.Of(entry.Name), needed) { IsShared = isShared, Cost = CostOf(needed, bad, tried) });
            }
        }

        var heads = LostHeads.Of(volumes, content, map.Finished, trackStarts, lengthBytes);
        var later = LostHeads.LaterStates(volumes, lengthBytes).Intersect(unread).Except(bad);
        var structures = WholeSectors(content.Structures, lengthBytes).Union(heads).Union(later);
        var spans = ByteSet.Of(LostHeads.Spans(volumes).Concat(structures).Concat(files.SelectMany(file => file.Holes))).Intersect(disc);
        var isComplete = count <= MaxHoles && !volumes.Any(volume => volume.IsIncomplete)
            && content.Entries.All(entry => entry.Extents is not null)
            && trackStarts.All(start => spans.Except(heads).Contains(ByteRange.OfSectors(start, 1)));
        return new(structures, files, spans, isComplete)
        {
            UnknownEnd = LostHeads.UnknownEnd(volumes, content, unread, trackStarts, lengthBytes),
        };
    }

    /// <param name="unread">What of the disc was not read.</param>
    /// <param name="tried">What of the disc was asked for.</param>
    /// <returns>
    /// What of <paramref name="unread"/> nobody misses: gaps and run-out, which lie outside of all volumes. Not longer runs
    /// than there are gaps, which may be a lost session, nor an end of the disc that may be one; behind the last volume only what was
    /// tried; nothing while names may be missing.
    /// </returns>
    public ByteSet PaddingOf(ByteSet unread, ByteSet tried)
    {
        ArgumentNullException.ThrowIfNull(unread);
        ArgumentNullException.ThrowIfNull(tried);
        return IsKnown && IsComplete
            ? ByteSet.Of(unread.Except(Spans).Except(UnknownEnd)
                .Where(run => run.Length <= LongestGap)
                .SelectMany(run => run.End < Spans.End ? [run] : tried.Within(run)))
            : ByteSet.Empty;
    }

    /// <summary>
    /// A sector that failed alone fails again; of a large read that failed mostly one sector is to blame, which is met once or
    /// twice; of a longer run every second one may be. What was passed over is first read in large reads.
    /// </summary>
    private static long CostOf(ByteSet holes, ByteSet bad, ByteSet tried)
    {
        var failed = holes.Intersect(bad);
        return failed.SectorCount
            + holes.Intersect(tried).Except(failed).Sum(run => run.Length <= ReadSectors * Sector.Size ? 2 : run.Length / Sector.Size / 2)
            + holes.Except(tried).Sum(run => 1 + (run.Length / Sector.Size / ReadSectors));
    }

    private static bool IsShared(ByteRange hole, ByteRange stored, ByteSet unread)
    {
        var last = (stored.End - 1) / Sector.Size;
        return hole.Length < ReadSectors * Sector.Size
            && ((hole.Start == stored.Start && stored.Start >= Sector.Size && unread.Contains(ByteRange.OfSectors((stored.Start / Sector.Size) - 1, 1)))
                || (hole.End == stored.End && unread.Contains(ByteRange.OfSectors(last + 1, 1))));
    }

    private static ByteSet WholeSectors(IEnumerable<ByteRange> runs, long lengthBytes) => ByteSet.Of(runs.Select(run => run.ToWholeSectors())).Intersect(ByteSet.Of(new ByteRange(0, lengthBytes)));
}
