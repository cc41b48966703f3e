using System.Buffers.Binary;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.HfsPlus;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Reads a volume of which neither the header nor its copy is left, by its trees. The catalog tells the size of the blocks. Where they are
/// counted from is told by files that another volume of the disc has too. Where there is none it is the volume's start (HFS+), or that of the
/// extents overflow file, which is the first there is where the catalog follows it at once (HFS). Where that is not known, or files then lie
/// where none can lie, the volume is missed, and said to be.
/// </summary>
internal static class LostVolume
{
    private const int ForksTried = 20;

    /// <summary>One file may have the length of another by chance.</summary>
    private const int FilesAgreed = 2;

    private const long HeadSearchBytes = 32 << 20;
    private const int ResourceHeaderBytes = 16;

    /// <summary>What ISO 9660 leaves free (ECMA-119 §6.2.1).</summary>
    private const int IsoHead = 16 * Sector.Size;

    /// <returns>The volume, or one that is said to be missing; null where nothing tells of one.</returns>
    public static Volume? Read(DiscReader disc, VolumePlace place, ReadingOptions options, IReadOnlyList<IVolume> others)
    {
        var first = place.Start / Sector.Size;
        var isHeadLost = place.End is not null || disc.ReadSector(first) is not { } sector || Sector.IsBlank(sector);
        if (options.IsDrive || options.IsFirstSessionOnly || !isHeadLost)
        {
            return null;
        }

        // most discs have no Macintosh side: what they begin with is looked at where a tree was found behind it
        var unowned = Unowned(disc, place, others);
        var head = ByteSet.Of(new ByteRange(place.Start, place.End is null ? IsoHead : 0));
        var trees = TreeSearch.Find(disc, unowned.Except(head));
        trees = trees.Count == 0 ? trees : [.. TreeSearch.Find(disc, unowned.Intersect(head)), .. trees];
        var catalog = trees.FirstOrDefault(tree => tree.LargestKey is TreeSearch.HfsCatalogKey or TreeSearch.PlusCatalogKey);
        if (catalog.Nodes == 0)
        {
            return null;
        }

        var damages = new DamageLog();
        damages.Add(
            DamageIds.HfsHeaderLost,
            first,
            $"Neither the header of a Macintosh volume nor its copy is left. Its catalog lies at byte {catalog.At}: {(IsWide(catalog) ? "HFS+" : "HFS")}.");
        var volume = IsWide(catalog) ? ReadPlus(disc, place, trees, catalog, others, damages) : ReadHfs(disc, place, trees, catalog, options, others, damages);
        return volume is { Entries.Count: > 0 } && HasSoundPlaces(volume, catalog, Math.Min(place.End ?? disc.LengthBytes, disc.LengthBytes)) && HasSoundForks(disc, volume)
            ? volume with { IsIncomplete = true, Format = IsWide(catalog) ? "HFS+" : "HFS" }
            : Volume.Missing(IsWide(catalog) ? FileSystemKind.HfsPlus : FileSystemKind.Hfs, place.SessionStart, ByteSet.Of(ByteRange.OfSectors(first, 1)), damages.ToList());
    }

    private static bool IsWide(TreeSearch.FoundTree catalog) => catalog.LargestKey == TreeSearch.PlusCatalogKey;

    /// <summary>
    /// The disc's beginning and its end, but for what belongs to another volume: a file may be an image of a disc. Where there is another volume
    /// what lies behind all of them is none of this disc's side: a rewritable disc keeps there what it was before.
    /// </summary>
    private static ByteSet Unowned(DiscReader disc, VolumePlace place, IReadOnlyList<IVolume> others)
    {
        var end = Math.Min(place.End ?? (others.Count > 0 ? others.Max(volume => volume.LengthBytes) : disc.LengthBytes), disc.LengthBytes);

        // Nobody else begins in the last sector of a file: to look there would be a read for each of them.
        var owned = ByteSet.Of(others.SelectMany(volume => VolumeSpace.RunsOf(volume).Concat(volume.Structures))
            .Select(run => run.ToWholeSectors()));
        var head = new ByteRange(place.Start, Math.Min(HeadSearchBytes, Math.Max(0, end - place.Start)));
        var tail = Math.Max(head.End, end - HfsLimits.CatalogSearchBytes);
        return ByteSet.Of(head, new ByteRange(tail, Math.Max(0, end - tail))).Except(owned);
    }

    private static Volume? ReadPlus(
        DiscReader disc, VolumePlace place, IReadOnlyList<TreeSearch.FoundTree> trees, TreeSearch.FoundTree catalog, IReadOnlyList<IVolume> others, DamageLog damages)
    {
        if (BlockSize(disc, catalog) is not { } size)
        {
            return null;
        }

        if ((Origin(disc, catalog, size, others) ?? (others.Count == 0 || place.End is not null ? place.Start : null)) is not { } start)
        {
            return null;
        }

        var count = Math.Min(uint.MaxValue, ((place.End ?? disc.LengthBytes) - start) / size);
        if (start < 0 || catalog.At < start || (catalog.At - start) % size != 0 || count <= 0)
        {
            return null;
        }

        var near = trees.Where(tree => tree.At >= start && (tree.At - start) % size == 0).ToList();
        var header = VolumeHeader.Assemble(
            start,
            (uint)size,
            (uint)count,
            catalog,
            near.FirstOrDefault(tree => tree.LargestKey == TreeSearch.PlusOverflowKey),
            near.FirstOrDefault(tree => tree.LargestKey == TreeSearch.PlusAttributesKey));
        return HfsPlusVolume.ReadByTrees(disc, place with { Start = start }, header, damages);
    }

    private static Volume? ReadHfs(
        DiscReader disc,
        VolumePlace place,
        IReadOnlyList<TreeSearch.FoundTree> trees,
        TreeSearch.FoundTree catalog,
        ReadingOptions options,
        IReadOnlyList<IVolume> others,
        DamageLog damages)
    {
        if (BlockSize(disc, catalog) is not { } size)
        {
            return null;
        }

        var overflow = trees.LastOrDefault(tree => tree.LargestKey == TreeSearch.HfsOverflowKey && tree.At < catalog.At);
        var start = Origin(disc, catalog, size, others) ?? (others.Count == 0 && overflow.Nodes > 0 && overflow.At + overflow.LengthBytes == catalog.At ? overflow.At : null);
        if (start is not { } first || (catalog.At - first) % size != 0 || (overflow.Nodes > 0 && (overflow.At < first || (overflow.At - first) % size != 0)))
        {
            return null;
        }

        var count = Math.Min(ushort.MaxValue, ((place.End ?? disc.LengthBytes) - first) / size);
        var block = MasterDirectoryBlock.Assemble(first, (uint)size, (ushort)count, catalog, overflow);
        return block is null ? null : HfsVolume.Read(disc, place, block, options.NameEncoding, damages);
    }

    private static long? BlockSize(DiscReader disc, TreeSearch.FoundTree catalog)
    {
        var content = new CatalogContent();
        var leaves = new BlockSizeLeaves(Leaves(content, new(disc, default, new()), catalog));
        new BTree(Open(disc, catalog), leaves, new()).Read();
        return leaves.Size;
    }

    /// <returns>Where block 0 lies, by the files that another volume has with the same length, which no other has; null where they do not tell.</returns>
    private static long? Origin(DiscReader disc, TreeSearch.FoundTree catalog, long size, IReadOnlyList<IVolume> others)
    {
        var places = others.SelectMany(volume => volume.Entries)
            .Where(entry => entry is { Kind: EntryKind.File, Preamble.IsEmpty: true, Extents: [{ IsStored: true, IsCoded: false, IsForm2: false }, ..] })
            .Select(entry => (entry.Size, entry.Extents![0].Start)).Distinct().GroupBy(file => file.Size)
            .Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single().Start);
        if (places.Count == 0)
        {
            return null;
        }

        var content = new CatalogContent();
        new BTree(Open(disc, catalog), Leaves(content, new(disc, new(0, size, HfsLimits.VolumeBytes / size), new()), catalog), new()).Read();
        var origins = content.Items.Where(item => item.Content is { Size: > 0, Extents: not null } && places.ContainsKey(item.Content.Size))
            .Select(item => places[item.Content.Size] - item.Content.Extents![0].Start).CountBy(origin => origin).ToList();
        var best = origins.OrderByDescending(origin => origin.Value).FirstOrDefault();
        return best.Value >= FilesAgreed && best.Value * 2 > origins.Sum(origin => origin.Value) ? best.Key : null;
    }

    private static ForkReader Open(DiscReader disc, TreeSearch.FoundTree tree) =>
        new(new(disc), [new(tree.At, Math.Min(tree.LengthBytes, disc.LengthBytes - tree.At))]);

    private static CatalogLeaves Leaves(CatalogContent content, ForkBuilder forks, TreeSearch.FoundTree catalog) =>
        IsWide(catalog) ? new HfsPlusCatalogLeaves(content, forks) : new HfsCatalogLeaves(content, forks);

    /// <returns>False where files lie behind the end, or where the catalog is.</returns>
    private static bool HasSoundPlaces(Volume volume, TreeSearch.FoundTree catalog, long end)
    {
        var content = VolumeSpace.ContentOf(volume);
        return content.End <= end && !content.Within(new(catalog.At, catalog.LengthBytes)).Any();
    }

    /// <summary>A resource fork says where in it its data and its map lie (Inside Macintosh: More Macintosh Toolbox, 1-121).</summary>
    /// <returns>False where most of the first ones are none: they do not lie where they are thought to.</returns>
    private static bool HasSoundForks(DiscReader disc, Volume volume)
    {
        var (tried, sound) = (0, 0);
        foreach (var entry in volume.Entries.Where(entry => entry is { Preamble.IsEmpty: false, Extents: [{ Length: >= ResourceHeaderBytes }, ..] }).Take(ForksTried))
        {
            if (disc.ReadBytes(new(entry.Extents![0].Start, ResourceHeaderBytes)) is { } head)
            {
                var (data, map) = (BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)));
                var length = entry.Size - entry.Preamble.Length;
                tried++;
                sound += data >= ResourceHeaderBytes && data <= length && map >= ResourceHeaderBytes && map <= length ? 1 : 0;
            }
        }

        return sound * 2 >= tried;
    }
}
