using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Each sector of a disc unreadable in turn, and each in turn of zeros, as in a copy without a map.</summary>
public sealed class ScratchedUdfTests
{
    public static TheoryData<string, int, int> Kinds() => new()
    {
        { "Plain", 0x0102, 2048 },
        { "Plain", 0x0201, 512 },
        { "Plain", 0x0201, 4096 },
        { "Virtual", 0x0150, 2048 },
        { "Virtual", 0x0201, 2048 },
        { "Virtual", 0x0250, 2048 },
        { "Sparable", 0x0201, 2048 },
        { "Metadata", 0x0250, 2048 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_lost_sector_costs_nothing_but_what_it_alone_held(string layout, int revision, int blockSize)
    {
        var maker = MadeUdf.Make(Enum.Parse<UdfLayout>(layout), revision, blockSize);
        var image = maker.WriteSession();
        for (var sector = 16L; sector < image.Length / Sector.Size; sector++)
        {
            var disc = new ScratchedDisc(image).Without(sector);
            var volume = disc.ReadUdf();
            AssertRest(maker, disc, volume, sector, isNoticed: true);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_sector_of_zeros_costs_nothing_but_what_it_alone_held(string layout, int revision, int blockSize)
    {
        var maker = MadeUdf.Make(Enum.Parse<UdfLayout>(layout), revision, blockSize);
        var image = maker.WriteSession();
        for (var sector = 16L; sector < image.Length / Sector.Size; sector++)
        {
            var zeroed = (byte[])image.Clone();
            zeroed.AsSpan((int)sector * Sector.Size, Sector.Size).Clear();
            var disc = new ScratchedDisc(zeroed);
            AssertRest(maker, disc, disc.ReadUdf(), sector, isNoticed: false);
        }
    }

    /// <summary>
    /// Whatever does not lie in the sector, by itself or by a folder above it, is there with its content.
    /// </summary>
    private static void AssertRest(UdfDiscMaker maker, ScratchedDisc disc, IVolume volume, long sector, bool isNoticed)
    {
        var harmed = HarmedNodes(maker.Space, sector);
        var read = MadeUdf.Paths(volume);
        var paths = MadeUdf.Paths(maker.Root);
        var lostFolders = new HashSet<string>(paths.Where(path => harmed.Contains(path.Value) && path.Value.IsDirectory).Select(path => path.Key));
        foreach (var (path, node) in paths)
        {
            if (harmed.Contains(maker.Root) || lostFolders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)))
            {
                continue;
            }

            // a stream is found by its file's entry and a folder of its own
            var isHarmed = harmed.Contains(node) || (path.Contains(':', StringComparison.Ordinal) && harmed.Count > 0);
            Assert.True(isHarmed || read.ContainsKey(path), $"sector {sector}: {path} is missing");
            if (!isHarmed && read[path].Kind is EntryKind.File or EntryKind.Stream)
            {
                var content = MadeUdf.Content(disc, read[path]);
                Assert.True(
                    content is not null && content.AsSpan().SequenceEqual(MadeUdf.Expected(node)),
                    $"sector {sector}: {path} has other content");
            }
        }

        foreach (var stream in maker.SystemStreams.Names)
        {
            // of two lost things that lead there, one is the file set descriptor
            var isHarmed = harmed.Contains(stream.Node) || harmed.Contains(maker.SystemStreams) || harmed.Contains(maker.Root);
            Assert.True(isHarmed || read.Keys.Any(path => path.StartsWith(":*UDF", StringComparison.Ordinal)), $"sector {sector}: the system stream is missing");
        }

        harmed.IntersectWith(paths.Values);
        var isSlackLikely = maker.Space.BlockSize > Sector.Size; // the second half of a block is often unused
        if (isNoticed && harmed.Count > 0 && !isSlackLikely)
        {
            var isInContent = read.Values.Any(entry => (entry.Extents ?? []).Any(extent => extent.Stored.Intersect(ByteRange.OfSectors(sector, 1)).Length > 0));
            Assert.True(isInContent || volume.Damages.Count > 0, $"sector {sector}: nothing was said of it");
        }

        Assert.All(
            volume.Entries,
            entry => Assert.True(entry.Extents is null || entry.Size == entry.Extents.Sum(extent => extent.Length)));
    }

    private static HashSet<UdfNode> HarmedNodes(UdfSpace space, long sector)
    {
        var nodes = new HashSet<UdfNode>();
        var (first, end) = (sector * Sector.Size / space.BlockSize, (((sector + 1) * Sector.Size) + space.BlockSize - 1) / space.BlockSize);
        for (var block = first; block < end; block++)
        {
            var place = Original(space, block);
            if (place >= 0 && space.Owners.TryGetValue(place, out var owner))
            {
                nodes.Add(owner);
            }
        }

        return nodes;
    }

    /// <summary>
    /// The partition's block that a sector holds: a remapped packet's for a spare one, none for a worn one.
    /// </summary>
    private static long Original(UdfSpace space, long sector)
    {
        var block = sector - UdfSpace.PartitionStart;
        if (space.Layout != UdfLayout.Sparable)
        {
            return block;
        }

        var spare = sector - UdfDiscMaker.SpareSector;
        return spare is >= 0 and < UdfDiscMaker.PacketBlocks ? spare
            : spare is >= UdfDiscMaker.PacketBlocks and < 2 * UdfDiscMaker.PacketBlocks ? spare + UdfDiscMaker.PacketBlocks
            : block is (>= 0 and < UdfDiscMaker.PacketBlocks) or (>= 64 and < 64 + UdfDiscMaker.PacketBlocks) ? -1
            : block;
    }
}
