using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Linux.Drives;

/// <summary>What every drive of files does. Subclasses say how a disc gets in and out.</summary>
public abstract class DriveConformance : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_drive_without_a_disc_is_empty_and_says_so_when_opened()
    {
        var drive = Make();
        Assert.Equal(DriveState.Empty, drive.ReadState());
        var fault = Assert.Throws<DriveFaultException>(drive.OpenDisc);
        Assert.Equal(DriveFault.DiscGone, fault.Fault);
        Assert.Contains(drive.Path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_is_read_as_it_is_at_any_place()
    {
        var content = Pattern.OfSectors(300);
        var drive = Make();
        Insert(content);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        using var disc = drive.OpenDisc();
        Assert.Equal(300, disc.SectorCount);
        Assert.Equal(content.Length, disc.LengthBytes);
        Assert.Equal("disc image", disc.Kind);
        Assert.Null(disc.Toc);
        Assert.Equal(content, File.ReadAllBytes(disc.SourcePath));
        var all = new byte[content.Length];
        Assert.True(disc.TryRead(0, all));
        Assert.Equal(content, all);
        var one = new byte[Sector.Size];
        Assert.True(disc.TryRead(299, one));
        Assert.Equal(Pattern.SectorOf(content, 299), one);
    }

    [Fact]
    public void Sectors_that_are_not_on_the_disc_are_unreadable()
    {
        Insert(Pattern.OfSectors(3));
        using var disc = Make().OpenDisc();
        Assert.False(disc.TryRead(-1, new byte[Sector.Size]));
        Assert.False(disc.TryRead(3, new byte[Sector.Size]));
        Assert.False(disc.TryRead(2, new byte[2 * Sector.Size]));
        Assert.False(disc.TryRead(long.MaxValue / Sector.Size, new byte[Sector.Size]));
        Assert.False(disc.TryRead(long.MaxValue, new byte[2 * Sector.Size]));
        Assert.False(disc.TryRead(long.MinValue, new byte[Sector.Size]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2047)]
    [InlineData(2352)]
    public void A_read_of_other_than_whole_sectors_is_a_mistake(int length)
    {
        Insert(Pattern.OfSectors(3));
        using var disc = Make().OpenDisc();
        Assert.Throws<ArgumentException>(() => disc.TryRead(0, new byte[length]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2049)]
    [InlineData(10_000)]
    public void A_last_sector_in_part_is_filled_up_with_zeros(int length)
    {
        var content = Pattern.OfBytes(length);
        Insert(content);
        using var disc = Make().OpenDisc();
        Assert.Equal(Sector.Count(length), disc.SectorCount);
        var all = new byte[disc.SectorCount * Sector.Size];
        Array.Fill(all, (byte)0xEE);
        Assert.True(disc.TryRead(0, all));
        Assert.Equal(content, all[..length]);
        Assert.All(all[length..], value => Assert.Equal(0, value));
        Assert.False(disc.TryRead(disc.SectorCount, new byte[Sector.Size]));
    }

    [Fact]
    public void A_disc_knows_whether_another_lies_in_its_place()
    {
        Insert(Pattern.OfSectors(3));
        using var disc = Make().OpenDisc();
        Assert.False(disc.ReadMediumChanged());
        Assert.Equal(disc.LengthBytes, disc.ReadReachableLength());

        File.Move(disc.SourcePath, disc.SourcePath + ".away");
        Assert.True(disc.ReadMediumChanged());

        File.Copy(disc.SourcePath + ".away", disc.SourcePath);
        Assert.True(disc.ReadMediumChanged());
        disc.AcceptMedium();
        Assert.False(disc.ReadMediumChanged());
    }

    [Fact]
    public void An_empty_file_is_a_disc_without_sectors()
    {
        Insert([]);
        using var disc = Make().OpenDisc();
        Assert.Equal(0, disc.SectorCount);
        Assert.False(disc.TryRead(0, new byte[Sector.Size]));
    }

    [Fact]
    public void A_change_of_the_medium_is_told_once()
    {
        var drive = Make();
        Assert.True(drive.ReadMediaChanged());
        Assert.False(drive.ReadMediaChanged());
        Insert(Pattern.OfSectors(3));
        Assert.True(drive.ReadMediaChanged());
        Assert.False(drive.ReadMediaChanged());
        Insert(Pattern.OfSectors(4));
        Assert.True(drive.ReadMediaChanged());
        Assert.False(drive.ReadMediaChanged());
        Remove();
        Assert.True(drive.ReadMediaChanged());
        Assert.False(drive.ReadMediaChanged());
    }

    [Fact]
    public void An_image_that_shrinks_while_it_is_open_has_unreadable_sectors()
    {
        Insert(Pattern.OfSectors(8));
        using var disc = Make().OpenDisc();
        using (var file = File.OpenWrite(disc.SourcePath))
        {
            file.SetLength(4 * Sector.Size);
        }

        Assert.True(disc.TryRead(3, new byte[Sector.Size]));
        Assert.False(disc.TryRead(4, new byte[Sector.Size]));
        Assert.Equal(8, disc.SectorCount);
    }

    [Fact]
    public void It_has_no_model()
    {
        var drive = Make();
        Assert.Equal(new DriveModel(null, null, null, null), drive.ReadModel());
        Assert.Equal(Path.GetFileName(drive.Path), drive.Name);
    }

    protected abstract IDrive Make();

    protected abstract void Insert(byte[] content);

    protected abstract void Remove();
}
