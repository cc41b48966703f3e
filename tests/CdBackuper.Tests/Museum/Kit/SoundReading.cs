using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Tests.Museum;

/// <summary>What must be true of any disc that is read, whatever it holds. A breach is an exception, for test and fuzzer alike.</summary>
internal static class SoundReading
{
    /// <summary>How often each sector may be asked for, on average, and what a small disc may ask for beside that.</summary>
    private const int ReadsPerSector = 50;
    private const int FreeReads = 20_000;

    /// <summary>Bytes that may be allocated for each byte that was read, and beside that.</summary>
    private const int BytesPerByte = 256;
    private const long FreeBytes = 64 << 20;

    private const int LostSectors = 6;

    /// <param name="disc">The disc.</param>
    /// <param name="seed">Chooses the sectors that are lost in the second and third reading.</param>
    /// <returns>Every volume of the disc, as it was read when nothing more was lost.</returns>
    /// <exception cref="UnsoundException">Something is not as it must be.</exception>
    public static IReadOnlyList<IVolume> Check(ISectorSource disc, int seed)
    {
        var volumes = Read(disc);
        var all = ByteSet.Of(ByteRange.OfSectors(0, disc.SectorCount));
        var needed = ByteSet.Of(volumes.SelectMany(volume => volume.Structures).Select(WholeSectors)).Intersect(all);
        var random = new Random(seed);
        CheckNeeded(disc, volumes, needed, random);
        CheckLost(disc, volumes, needed, random);
        return volumes;
    }

    private static IReadOnlyList<IVolume> Read(ISectorSource disc)
    {
        var counted = Count(disc);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var volumes = VolumeReader.ReadAll(counted);
        var most = FreeBytes + (BytesPerByte * counted.Asked * Sector.Size);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Require(allocated <= most, $"{allocated} bytes were allocated for {counted.Asked} sectors");

        foreach (var volume in volumes)
        {
            SoundVolume.Check(volume, disc);
        }

        if (DiscContent.Compose(volumes, Count(disc)) is { } content)
        {
            SoundVolume.Check(content, disc);
            SoundPaths.Check(content.Entries);
            SoundContent.Check(content.Entries, Count(disc));
        }

        return volumes;
    }

    /// <summary>
    /// What is no structure is not needed: with a few of those sectors lost the same names are found, at the same places. Not
    /// with all of them, since a search may end at many lost sectors, and one may begin where a sector is lost; and not on discs
    /// of which structures are lost already, where it is luck which search finds more.
    /// </summary>
    private static void CheckNeeded(ISectorSource disc, IReadOnlyList<IVolume> volumes, ByteSet needed, Random random)
    {
        var all = ByteSet.Of(ByteRange.OfSectors(0, disc.SectorCount));
        var lost = all.Except(needed);
        if (lost.IsEmpty || volumes.Count == 0)
        {
            return;
        }

        var scratches = Enumerable.Range(0, LostSectors).Select(_ => ByteRange.OfSectors(Pick(lost[random.Next(lost.Count)], random), 1));
        var again = VolumeReader.ReadAll(Count(new DamagedSectors(disc, all.Except(ByteSet.Of(scratches)))));
        foreach (var volume in volumes.Where(volume => !volume.IsIncomplete))
        {
            // A flawed one may have been found by its last hold, such as the recognition sequence where no anchor is left.
            var difference = TwinOf(volume, again) is { } twin ? Difference(volume, twin) : volume.Damages.Count > 0 ? null : "not found";
            Require(difference is null, $"{volume.Format} without what is no structure: {difference}");
        }
    }

    /// <summary>With lost sectors all is as sound as before, and what is then missing is told.</summary>
    private static void CheckLost(ISectorSource disc, IReadOnlyList<IVolume> volumes, ByteSet needed, Random random)
    {
        var lost = new List<ByteRange>();
        for (var count = random.Next(1, LostSectors); count > 0; count--)
        {
            var sector = needed.Count > 0 && random.Next(4) > 0
                ? Pick(needed[random.Next(needed.Count)], random)
                : random.NextInt64(Math.Max(1, disc.SectorCount));
            lost.Add(ByteRange.OfSectors(sector, 1));
        }

        var readable = ByteSet.Of(ByteRange.OfSectors(0, disc.SectorCount)).Except(ByteSet.Of(lost));
        var scratched = Read(new DamagedSectors(disc, readable));
        foreach (var volume in volumes)
        {
            if (TwinOf(volume, scratched) is { IsIncomplete: false, Damages.Count: 0 } twin)
            {
                var difference = Difference(volume, twin);
                Require(difference is null, $"{volume.Format} lost a structure and does not say so: {difference}");
            }
        }
    }

    private static IVolume? TwinOf(IVolume volume, IReadOnlyList<IVolume> volumes) =>
        volumes.FirstOrDefault(other => other.Kind == volume.Kind && other.SessionStart == volume.SessionStart);

    private static long Pick(ByteRange range, Random random) =>
        (range.Start / Sector.Size) + random.NextInt64(Sector.Count(range.Length));

    private static CountedSectors Count(ISectorSource disc) =>
        new(disc, FreeReads + (ReadsPerSector * Math.Max(0, disc.SectorCount)));

    private static ByteRange WholeSectors(ByteRange range) =>
        ByteRange.OfSectors(range.Start / Sector.Size, Sector.Count(range.End) - (range.Start / Sector.Size));

    /// <returns>The first difference of two listings, in words; null where there is none.</returns>
    private static string? Difference(IVolume one, IVolume other)
    {
        foreach (var (mine, theirs) in one.Entries.Zip(other.Entries))
        {
            if (mine.Name != theirs.Name || mine.Kind != theirs.Kind || mine.Size != theirs.Size
                || mine.Parent?.Name != theirs.Parent?.Name
                || !(mine.Extents ?? []).SequenceEqual(theirs.Extents ?? []))
            {
                return $"'{mine.Name}' of {mine.Size} bytes became '{theirs.Name}' of {theirs.Size}";
            }
        }

        return one.Entries.Count == other.Entries.Count ? null : $"{one.Entries.Count} entries became {other.Entries.Count}";
    }

    private static void Require(bool isSound, string flaw)
    {
        if (!isSound)
        {
            throw new UnsoundException(flaw);
        }
    }
}
