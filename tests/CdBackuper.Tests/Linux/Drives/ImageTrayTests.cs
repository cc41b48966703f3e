using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

public sealed class ImageTrayTests : DriveConformance
{
    [Fact]
    public void Ejecting_moves_the_file_and_never_overwrites_one()
    {
        var drive = Make();
        for (byte number = 1; number <= 3; number++)
        {
            Insert([number]);
            drive.Eject();
            Assert.Equal(DriveState.Empty, drive.ReadState());
        }

        Assert.Equal([1], File.ReadAllBytes(Folder.In("ejected", "disc.iso")));
        Assert.Equal([2], File.ReadAllBytes(Folder.In("ejected", "disc (2).iso")));
        Assert.Equal([3], File.ReadAllBytes(Folder.In("ejected", "disc (3).iso")));
    }

    [Fact]
    public void Ejecting_an_empty_tray_does_nothing() => Make().Eject();

    [Fact]
    public void A_link_is_ejected_and_still_leads_to_its_file()
    {
        using var elsewhere = new TemporaryFolder();
        var target = elsewhere.File("far.iso", Pattern.OfSectors(2));
        File.CreateSymbolicLink(Folder.In("disc.iso"), Path.GetRelativePath(Folder.Path, target));
        var drive = Make();
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        drive.Eject();
        Assert.True(File.Exists(target));
        Assert.Equal(File.ReadAllBytes(target), File.ReadAllBytes(Folder.In("ejected", "disc.iso")));
        Assert.Equal(DriveState.Empty, drive.ReadState());
    }

    [Fact]
    public void Only_image_files_are_seen()
    {
        Folder.File("notes.txt", [1]);
        Folder.File(".hidden.iso", [1]);
        Folder.File("disc.iso.part", [1]);
        Folder.File("disc.iso.tmp", [1]);
        Folder.Folder("folder.iso");
        Folder.Folder("ejected");
        File.CreateSymbolicLink(Folder.In("dangling.iso"), "nowhere");
        Assert.Equal(DriveState.Empty, Make().ReadState());
    }

    [Theory]
    [InlineData("a.ISO")]
    [InlineData("a.img")]
    [InlineData("a.Udf")]
    [InlineData("a.bin")]
    [InlineData("a.raw")]
    [InlineData("a.cdr")]
    [InlineData("a.toast")]
    [InlineData("a.dd")]
    [InlineData("Été à la mer.image")]
    public void Every_known_extension_is_a_disc(string name)
    {
        Folder.File(name, Pattern.OfSectors(1));
        var drive = Make();
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        drive.Eject();
        Assert.True(File.Exists(Folder.In("ejected", name)));
    }

    [Fact]
    public void Of_several_files_the_first_is_the_disc_and_the_others_follow()
    {
        foreach (var name in (string[])["b.iso", "a.iso", "B.iso"])
        {
            Folder.File(name, Pattern.OfSectors(1));
        }

        var drive = Make();
        List<string> discs = [];
        while (drive.ReadState() == DriveState.Loaded)
        {
            Assert.True(drive.ReadMediaChanged());
            using (var disc = drive.OpenDisc())
            {
                discs.Add(Path.GetFileName(disc.SourcePath));
            }

            drive.Eject();
        }

        Assert.Equal(["B.iso", "a.iso", "b.iso"], discs);
    }

    [Fact]
    public void A_file_that_comes_later_and_sorts_earlier_is_not_ejected_in_the_discs_place()
    {
        Folder.File("b.iso", Pattern.OfSectors(1));
        var drive = Make();
        using (var disc = drive.OpenDisc())
        {
            Folder.File("a.iso", Pattern.OfSectors(2));
        }

        drive.Eject();
        Assert.True(File.Exists(Folder.In("a.iso")));
        Assert.True(File.Exists(Folder.In("ejected", "b.iso")));
    }

    [Fact]
    public void What_took_the_place_of_the_disc_that_was_read_is_not_ejected()
    {
        Folder.File("b.iso", Pattern.OfSectors(1));
        var drive = Make();
        using (var disc = drive.OpenDisc())
        {
            Folder.File("c.iso", Pattern.OfSectors(2));
            File.Move(Folder.In("b.iso"), Folder.In("moved.away"));
        }

        drive.Eject();
        Assert.True(File.Exists(Folder.In("c.iso")));
        drive.OpenDisc().Dispose();
        drive.Eject();
        Assert.True(File.Exists(Folder.In("ejected", "c.iso")));
    }

    [Fact]
    public void A_file_still_being_copied_is_not_ready()
    {
        var time = new SetTime();
        var drive = new ImageTray(Folder.Path, time);
        Grow(1, time.Now);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(1.5);
        Grow(2, time.Now);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(0.5);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(0.5);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
    }

    [Fact]
    public void A_file_at_rest_is_loaded_at_the_first_look_and_one_from_the_future_at_the_second()
    {
        var time = new SetTime();
        Grow(1, time.Now - TimeSpan.FromSeconds(3));
        Assert.Equal(DriveState.Loaded, new ImageTray(Folder.Path, time).ReadState());
        Grow(1, time.Now + TimeSpan.FromHours(1));
        var drive = new ImageTray(Folder.Path, time);
        Assert.Equal(DriveState.NotReady, drive.ReadState());
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(DriveState.Loaded, drive.ReadState());
    }

    [Fact]
    public void A_missing_folder_is_a_drive_that_is_gone()
    {
        var drive = new ImageTray(Folder.In("missing"));
        foreach (var call in (Action[])[() => drive.ReadState(), () => drive.OpenDisc(), drive.Eject, () => drive.ReadMediaChanged()])
        {
            Assert.Equal(DriveFault.DriveGone, Assert.Throws<DriveFaultException>(call).Fault);
        }
    }

    [Fact]
    public void A_tray_that_cannot_eject_says_what_to_do_and_keeps_the_file()
    {
        Insert([1]);
        Folder.File("ejected", [1]);
        var fault = Assert.Throws<DriveFaultException>(Make().Eject);
        Assert.Contains("by hand", fault.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Folder.In("disc.iso")));
    }

    protected override IDrive Make() => new ImageTray(Folder.Path);

    protected override void Insert(byte[] content) => Folder.File("disc.iso", content);

    protected override void Remove() => File.Delete(Folder.In("disc.iso"));

    private void Grow(int sectors, DateTimeOffset modified)
    {
        var path = Folder.File("disc.iso", Pattern.OfSectors(sectors));
        File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
    }
}
