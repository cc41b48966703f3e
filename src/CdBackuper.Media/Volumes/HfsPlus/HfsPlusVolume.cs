using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>Reads a volume of HFS+ or HFSX (TN1150).</summary>
internal sealed class HfsPlusVolume
{
    private const int HeaderAt = 1024;
    private const long LargestSlack = 64 << 10;
    private const uint OverflowFile = 3;
    private const uint CatalogFile = 4;
    private const uint AttributesFile = 8;

    private readonly DiscReader disc;
    private readonly VolumeHeader header;
    private readonly DamageLog damages;
    private readonly SectorWindow window;
    private readonly ForkBuilder forks;
    private readonly List<ByteRange> structures;

    private HfsPlusVolume(DiscReader disc, VolumePlace place, VolumeHeader header, DamageLog damages)
    {
        (this.disc, this.header, this.damages) = (disc, header, damages);
        structures = [.. place.Structures, header.Place];
        window = new(disc);
        var overflow = new ExtentsOverflow();
        forks = new(disc, header.Grid, overflow);
        if (Open(header.OverflowFork, OverflowFile) is { } fork)
        {
            var tree = new BTree(fork, new HfsPlusOverflowLeaves(overflow), damages);
            tree.Read();
            structures.AddRange(tree.Structures);
        }
    }

    /// <returns>Null when there is neither a volume header nor, where that can't be read or a volume is said to be there, its copy.</returns>
    public static Volume? Read(DiscReader disc, VolumePlace place, DamageLog damages)
    {
        var at = place.Start + HeaderAt;
        if (VolumeHeader.Read(disc, place.Start, at) is { } header)
        {
            var volume = new HfsPlusVolume(disc, place, header, damages).ReadVolume(place, out var isLost);
            return isLost && ReadSpare(disc, place, header, mustList: true) is { } better ? better : volume;
        }

        if (at >= disc.LengthBytes)
        {
            return null;
        }

        var isUnreadable = disc.ReadSector(at / Sector.Size) is null;
        return isUnreadable || place.End is not null ? ReadSpare(disc, place, null, mustList: !isUnreadable) : null;
    }

    /// <returns>What the copy of a header leads to that is blank; null where there is none, or it leads to no catalog.</returns>
    public static Volume? ReadBlank(DiscReader disc, VolumePlace place) => ReadSpare(disc, place, null, mustList: true);

    /// <returns>What the trees lead to, where neither header nor copy is left; null where that is nothing.</returns>
    public static Volume? ReadByTrees(DiscReader disc, VolumePlace place, VolumeHeader header, DamageLog damages)
    {
        var volume = new HfsPlusVolume(disc, place, header, damages).ReadVolume(place, out var isLost);
        return isLost ? null : volume;
    }

    /// <summary>
    /// The copy in the last but one block of 512 bytes ("Volume Header"), where the first is lost or leads nowhere.
    /// </summary>
    /// <param name="disc">The disc.</param>
    /// <param name="place">Where the volume lies, or is said to.</param>
    /// <param name="lost">The first header, where there is one.</param>
    /// <param name="mustList">True where the copy must lead to a catalog: places of a map are guesses at its unit.</param>
    private static Volume? ReadSpare(DiscReader disc, VolumePlace place, VolumeHeader? lost, bool mustList)
    {
        foreach (var end in Ends(disc, place, lost))
        {
            if (VolumeHeader.Read(disc, place.Start, end - HeaderAt) is not { } spare)
            {
                continue;
            }

            var first = new ByteRange(place.Start + HeaderAt, VolumeHeader.Bytes);
            var damages = new DamageLog();
            damages.Add(
                DamageIds.HfsHeaderLost,
                first.Start / Sector.Size,
                "The volume header can't be used: its copy at the volume's end was.");
            var withFirst = place with { Structures = [.. place.Structures, first] };
            var volume = new HfsPlusVolume(disc, withFirst, spare, damages).ReadVolume(withFirst, out var isLost);
            if (!isLost || !mustList)
            {
                return volume;
            }
        }

        return null;
    }

    /// <summary>Where the volume may end. A wrapper or a partition may be longer by what its own blocks round up to.</summary>
    private static IEnumerable<long> Ends(DiscReader disc, VolumePlace place, VolumeHeader? lost)
    {
        for (var slack = 0L; place.End is { } end && slack <= (lost is null ? LargestSlack : 0); slack += 512)
        {
            yield return end - slack;
        }

        if (lost is not null)
        {
            yield return place.Start + lost.Grid.LengthBytes;
        }

        yield return disc.LengthBytes;
    }

    private Volume ReadVolume(VolumePlace place, out bool isLost)
    {
        var end = place.Start + header.Grid.LengthBytes;
        if (end > disc.LengthBytes)
        {
            damages.Add(
                DamageIds.VolumeTruncated,
                header.Place.Start / Sector.Size,
                $"The volume says that it ends at byte {end}, the disc or image has {disc.LengthBytes}.");
        }

        var isPending = Journal.IsPending(disc, header, damages);
        var content = new CatalogContent();
        var fork = Open(header.CatalogFork, CatalogFile) ?? new(window, []);
        var catalog = new Catalog(fork, content, new HfsPlusCatalogLeaves(content, forks), damages);
        structures.AddRange(catalog.Structures);
        isLost = catalog.IsLost;

        var book = new MacEntryBook(disc, (name, _) => HfsPlusText.Decode(name), damages);
        var compression = new Compression(window, damages, structures);
        if (content.Items.Exists(item => item.IsCompressed)
            && Open(header.AttributesFork, AttributesFile) is { } attributes)
        {
            compression.ReadAttributes(attributes);
        }

        catalog.List(new HfsPlusRule(book, content, window, compression, structures, damages), book, damages);
        return new()
        {
            Format = header.IsExtended ? "HFSX" : "HFS+",
            Kind = FileSystemKind.HfsPlus,
            SessionStart = place.SessionStart,
            VolumeName = NameOf(content),
            Uuid = MacVolumeUuid.Of(header.FinderBytes),
            Creators = [],
            Identifiers = Identifiers(),
            Created = header.Created,
            Modified = header.Modified,
            LengthBytes = end,
            Entries = book.Entries,
            Structures = ByteSet.Of(structures),
            IsIncomplete = catalog.IsIncomplete || isLost || isPending,
            Damages = damages.ToList(),
        };
    }

    private ForkReader? Open(ReadOnlySpan<byte> fork, uint file)
    {
        var built = HfsPlusFork.Build(fork, forks, file, ForkKind.Content);
        return built.Extents is { Length: > 0 } extents ? new(window, extents) : null;
    }

    /// <summary>A volume is called as its root folder is.</summary>
    private static string? NameOf(CatalogContent content)
    {
        if (content.Folders.TryGetValue(CatalogContent.RootId, out var thread))
        {
            return thread.RawName.Length == 0 ? null : HfsPlusText.Decode(thread.RawName);
        }

        var root = content.Items.Find(item => item is { IsFolder: true, Id: CatalogContent.RootId, RawName.Length: > 0 });
        return root is null ? null : HfsPlusText.Decode(root.RawName);
    }

    private Dictionary<string, string> Identifiers()
    {
        var version = header.LastMountedVersion;
        return version.Trim(' ', '\0').Length == 0 || version.Any(char.IsControl)
            ? []
            : new() { ["last mounted version"] = version };
    }
}
