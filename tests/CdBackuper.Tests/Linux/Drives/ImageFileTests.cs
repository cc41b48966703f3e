using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

public sealed class ImageFileTests : DriveConformance
{
    [Fact]
    public void It_never_ejects()
    {
        Insert(Pattern.OfSectors(3));
        var drive = Make();
        drive.Eject();
        Assert.Equal(DriveState.Loaded, drive.ReadState());
        Assert.True(File.Exists(drive.Path));
    }

    [Fact]
    public void A_folder_is_no_image()
    {
        var drive = new ImageFile(Folder.Path);
        Assert.Equal(DriveState.Empty, drive.ReadState());
        Assert.Equal(DriveFault.Other, Assert.Throws<DriveFaultException>(drive.OpenDisc).Fault);
    }

    protected override IDrive Make() => new ImageFile(Folder.In("disc.iso"));

    protected override void Insert(byte[] content) => Folder.File("disc.iso", content);

    protected override void Remove() => File.Delete(Folder.In("disc.iso"));
}
