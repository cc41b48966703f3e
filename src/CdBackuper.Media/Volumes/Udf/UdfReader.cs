using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Reads UDF volumes: revisions 1.01 to 2.60, on every kind of disc.</summary>
internal static class UdfReader
{
    /// <returns>
    /// One volume for each session that has its own, the first one first; most discs have one in all. A session on a
    /// disc
    /// that is written once continues the one before: its volume is the newer state of the same.
    /// </returns>
    public static IEnumerable<IVolume> FindAll(ISectorSource source, ReadingOptions options)
    {
        var disc = new DiscReader(source);
        var sessions = Sessions(disc, options.KnownStarts);
        for (var index = 0; index < sessions.Count; index++)
        {
            var isLast = index + 1 == sessions.Count;
            var end = isLast ? source.SectorCount : Math.Min(source.SectorCount, sessions[index + 1]);
            if (Find(disc, sessions[index], end, options.IsFirstSessionOnly) is { } volume)
            {
                yield return volume;
                if (options.IsFirstSessionOnly)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>
    /// A track, or a session of another kind, that begins a session of UDF has what a disc's beginning has (UDF 1.50 §6.11). All others belong to the
    /// session before: a packet writer often keeps the file system's beginning in a track of its own.
    /// </summary>
    private static List<long> Sessions(DiscReader disc, IReadOnlyList<long> starts)
    {
        var sessions = new List<long> { 0 };
        foreach (var start in starts.Where(start => start > 0))
        {
            if (AnchorSearch.IsAt(disc, start) || RecognitionSequence.Read(disc, start) == Recognition.Present)
            {
                sessions.Add(start);
            }
        }

        return sessions;
    }

    private static Volume? Find(DiscReader reader, long session, long end, bool isQuick)
    {
        Anchor? first = null;
        var tried = new HashSet<(int, long, SectorExtent, SectorExtent)>();
        foreach (var anchor in AnchorSearch.Find(reader, session, end))
        {
            first ??= anchor;

            // Numbers count from where the anchor's own does: the disc's beginning, where that is not the image's, or
            // the
            // session's. Where nothing is found so, its number is wrong.
            foreach (var baseSector in new[] { anchor.BaseSector, 0 }.Distinct())
            {
                if (tried.Count >= UdfLimits.Anchors || !tried.Add((anchor.SectorSize, baseSector, anchor.Main, anchor.Reserve)))
                {
                    continue;
                }

                var disc = MakeDisc(reader, anchor.SectorSize, baseSector);
                disc.Note(new(anchor.Position, anchor.SectorSize));
                var pool = new DescriptorPool();
                DescriptorSequence.Read(disc, anchor, pool);
                if (pool.IsUsable)
                {
                    CheckAnchor(disc, anchor, session);
                    return new VolumeAssembly(disc, pool, session, end, isQuick).Read();
                }
            }
        }

        return Search(reader, first, session, end, isQuick);
    }

    /// <summary>The last route: descriptors that no anchor leads to, on a disc that says that it has some.</summary>
    private static Volume? Search(DiscReader reader, Anchor? anchor, long session, long end, bool isQuick)
    {
        var recognised = RecognitionSequence.Read(reader, session);
        if (anchor is null && recognised == Recognition.None)
        {
            return null;
        }

        int[] sizes = anchor is { } known ? [known.SectorSize]
            : recognised == Recognition.Present ? [2048, 512, 4096, 1024]
            : [2048]; // each size costs a search, and little speaks for UDF
        var fallen = new List<(UdfDisc Disc, DescriptorPool Pool)>();
        foreach (var sectorSize in sizes)
        {
            var disc = MakeDisc(reader, sectorSize, anchor?.BaseSector ?? 0);
            var pool = new DescriptorPool();
            DescriptorSequence.Search(disc, session, end, pool);
            if (pool.Partitions.Count > 0)
            {
                disc.Damages.Add(
                    anchor is null ? DamageIds.UdfAnchorLost : DamageIds.UdfDescriptorInvalid,
                    null,
                    $"{(anchor is null ? "No anchor leads" : "The anchors do not lead")} to all volume descriptors: "
                    + "they were searched for at the disc's beginning and end.");
                return new VolumeAssembly(disc, pool, session, end, isQuick).Read();
            }

            fallen.Add((disc, pool));
        }

        // it reads as much again, for which a disc must plainly be UDF's
        return anchor is not null || recognised == Recognition.Present
            ? SearchPartition(fallen, session, end, isQuick) ?? Missing(fallen, session)
            : null;
    }

    /// <summary>The disc says that it has a volume; no more is known of it.</summary>
    private static Volume Missing(List<(UdfDisc Disc, DescriptorPool Pool)> fallen, long session)
    {
        var disc = fallen[0].Disc;
        disc.Damages.Add(DamageIds.UdfRootLost, null, "The disc says that it holds UDF, and no volume descriptor can be read: every name is lost.");
        return Volume.Missing(FileSystemKind.Udf, session, ByteSet.Of(fallen.SelectMany(tried => tried.Disc.Structures)), disc.Damages.ToList());
    }

    /// <summary>The very last: a partition that no descriptor tells of, where what lies in it says where it begins.</summary>
    private static Volume? SearchPartition(
        List<(UdfDisc Disc, DescriptorPool Pool)> fallen, long session, long end, bool isQuick)
    {
        foreach (var (disc, pool) in fallen)
        {
            var blockSize = pool.Logical is { BlockSize: 1024 or 2048 or 4096 } known && known.BlockSize > disc.SectorSize
                ? (int)known.BlockSize
                : disc.SectorSize;
            if ((pool.Logical is null || PartitionMap.ReadAll(pool.Logical, out _).All(IsInPlace))
                && PartitionSearch.Find(disc, blockSize, session, end) is { } space)
            {
                disc.Damages.Add(
                    DamageIds.UdfDescriptorInvalid,
                    UdfDisc.SectorOf(disc.PositionOf(space.Start)),
                    "There is no partition descriptor: the partition was taken to begin where its file set descriptor says.");
                pool.Assume(space);
                return new VolumeAssembly(disc, pool, session, end, isQuick).Read();
            }
        }

        return null;
    }

    /// <returns>False where blocks have other numbers than those that they lie at.</returns>
    private static bool IsInPlace(PartitionMap map) => map.Kind is PartitionMapKind.Plain or PartitionMapKind.Sparable;

    private static void CheckAnchor(UdfDisc disc, Anchor anchor, long session)
    {
        var expected = (session * Sector.Size) + (256L * anchor.SectorSize);
        if (anchor.Position != expected)
        {
            disc.Note(new(expected, anchor.SectorSize));
            disc.Damages.Add(
                DamageIds.UdfAnchorLost,
                UdfDisc.SectorOf(expected),
                $"The first anchor is lost: the one in sector {UdfDisc.SectorOf(anchor.Position)} was used.");
        }
    }

    private static UdfDisc MakeDisc(DiscReader reader, int sectorSize, long baseSector) =>
        new(reader, new(), [], sectorSize, sectorSize, baseSector);
}
