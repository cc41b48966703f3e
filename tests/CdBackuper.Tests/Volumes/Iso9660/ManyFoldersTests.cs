using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Hfs;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Discs with more folders than a drive should have to go to one by one.</summary>
public sealed class ManyFoldersTests
{
    private const int Folders = 600;
    private static readonly byte[] Image = Make();

    /// <summary>A file's bad sector behind a folder would cost seconds, and pass for trouble with the disc's folders.</summary>
    [Fact]
    public void No_file_s_sector_is_read_with_the_folders()
    {
        var disc = new ScratchedDisc(Image);
        var files = disc.Read().Entries.SelectMany(entry => entry.Extents!).Select(extent => extent.Start / Sector.Size);
        var drive = new CountedSectors(disc.Without([.. files]));

        var volume = VolumeReader.Read(drive)!;

        Assert.Equal(2 * Folders, volume.Entries.Count);
        Assert.Empty(volume.Damages);
        Assert.Equal(0, drive.FailedRuns);
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
