using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Each single sector of a disc unreadable in turn: what it does not hold stays perfect by every redundant route.</summary>
public sealed class LostSectorTests
{
    private const int First = 16;

    [Fact]
    public void With_two_trees_no_lost_sector_costs_a_name_or_a_place()
    {
        using var source = Tree();
        var disc = MadeDisc.Make(source, "-R", "-J");
        var whole = Places(disc.Read(), withPaths: true);
        Assert.Equal(65, whole.Count);
        foreach (var sector in Sectors(disc))
        {
            var volume = new ScratchedDisc(disc.Bytes).Without(sector).Read();
            var missing = whole.Except(Places(volume, withPaths: true)).ToList();
            Assert.True(missing.Count == 0, $"sector {sector}: {string.Join(", ", missing)}");
            Assert.Equal(whole.Count, volume.Entries.Count(entry => entry.Kind == EntryKind.File));
        }
    }

    [Theory]
    [InlineData("-R")]
    [InlineData("-iso-level 3")]
    [InlineData("-J")]
    public void With_one_tree_a_lost_sector_costs_only_the_names_in_it(string options)
    {
        using var source = Tree();
        var disc = MadeDisc.Make(source, options.Split(' '));
        var sound = disc.Read();
        foreach (var sector in Sectors(disc))
        {
            var lost = new ScratchedDisc(disc.Bytes).Without(sector);
            var volume = lost.Read();
            var missing = Places(sound, withPaths: false).Except(Places(volume, withPaths: false)).ToList();
            var records = RecordsIn(disc, sector);
            Assert.True(missing.Count <= records, $"sector {sector} holds {records} records, and {missing.Count} files are missing");
            Assert.True(missing.Count == 0 || volume.IsIncomplete, $"sector {sector}: files are missing, and nothing says so");
        }
    }

    [Fact]
    public void Where_names_are_missing_it_is_said()
    {
        using var source = Tree();
        var disc = MadeDisc.Make(source, "-R");
        var count = disc.Read().Entries.Count;
        foreach (var sector in Sectors(disc))
        {
            var volume = new ScratchedDisc(disc.Bytes).Without(sector).Read();
            Assert.True(volume.Entries.Count >= count || volume.IsIncomplete, $"sector {sector}");
            Assert.True(volume.Structures.Contains(ByteRange.OfSectors(sector, 1)) || volume.Damages.Count == 0, $"sector {sector}");
        }
    }

    /// <summary>A folder of several sectors, and folders in folders.</summary>
    private static TempFolder Tree()
    {
        var folder = new TempFolder();
        for (var number = 0; number < 50; number++)
        {
            folder.With($"many/picture number {number:D2} of the holidays.jpg", new string((char)('A' + (number % 26)), 100 + number));
        }

        for (var number = 0; number < 14; number++)
        {
            folder.With($"a/b{number % 4}/c{number % 3}/file {number}.txt", $"content of {number}");
        }

        return folder.With("top.txt", "top");
    }

    /// <summary>All sectors that are no file's.</summary>
    private static IEnumerable<long> Sectors(ScratchedDisc disc)
    {
        var files = disc.Read().Entries.SelectMany(entry => entry.Extents!).Select(extent => extent.Start / 2048).ToHashSet();
        for (long sector = First; sector <= files.Max(); sector++)
        {
            if (!files.Contains(sector))
            {
                yield return sector;
            }
        }
    }

    private static HashSet<string> Places(IVolume volume, bool withPaths) =>
    [
        .. volume.Entries.Zip(EntryPaths.Assign(volume.Entries)).Where(pair => pair.First.Kind == EntryKind.File)
            .Select(pair => $"{(withPaths ? pair.Second : "")} {pair.First.Extents![0].Start} {pair.First.Size}"),
    ];

    private static int RecordsIn(ScratchedDisc disc, long sector)
    {
        var count = 0;
        for (var at = (int)sector * 2048; at < (int)(sector + 1) * 2048 && disc.Bytes[at] > 33; at += disc.Bytes[at])
        {
            count++;
        }

        return count;
    }
}
