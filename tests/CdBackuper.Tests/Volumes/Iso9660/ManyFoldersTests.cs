using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Hfs;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Discs with more folders than a drive should have to go to one by one.</summary>
public sealed class ManyFoldersTests
{
    private const int Folders = 600;
    private static readonly byte[] Image = Make();

    [Fact]
    public void Folders_are_read_in_the_order_in_which_they_lie_and_many_at_once()
    {
        var disc = new CountedSectors(new ScratchedDisc(Image));
        var volume = VolumeReader.Read(disc)!;

        Assert.Equal(2 * Folders, volume.Entries.Count);
        Assert.Empty(volume.Damages);
        Assert.InRange(disc.Reads.Count, 1, 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(Folders - 1)]
    public void A_folder_that_can_not_be_read_takes_none_of_those_beside_it_along(int index)
    {
        var disc = new ScratchedDisc(Image);
        var lost = Enumerable.Range(0, Folders).Select(number => disc.SectorOf($"F{number}")).Order().ElementAt(index);
        var volume = disc.Without(lost).Read();

        Assert.Equal(2 * Folders, volume.Entries.Count); // Joliet has its names
        Assert.Equal(lost, Assert.Single(volume.Damages, damage => damage.Id == DamageIds.StructureUnreadable).Sector);
    }

    [Fact]
    public void What_is_read_ahead_is_not_needed()
    {
        var disc = new ScratchedDisc(Image);
        var files = disc.Read().Entries.SelectMany(entry => entry.Extents!).Select(extent => extent.Start / Sector.Size);
        var volume = disc.Without([.. files]).Read();
        Assert.Equal(2 * Folders, volume.Entries.Count);
        Assert.Empty(volume.Damages);
    }

    private static byte[] Make()
    {
        using var source = new TempFolder();
        for (var number = 0; number < Folders; number++)
        {
            source.With($"f{number}/a file.txt", $"{number}");
        }

        return MadeDisc.Make(source, "-R", "-J").Bytes;
    }
}
