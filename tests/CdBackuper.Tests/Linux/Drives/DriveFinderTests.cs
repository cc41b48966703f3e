using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

public sealed class DriveFinderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Drives_come_in_natural_order_and_sr1_is_not_sr10()
    {
        Make("sr10", "sr1", "sr2", "sr0", "sr010");
        var drives = new DriveFinder([folder.In("sr*")]).Find();
        Assert.Equal(["sr0", "sr1", "sr2", "sr010", "sr10"], drives.Select(drive => drive.Name));
        Assert.Equal(["sr1"], new DriveFinder([folder.In("sr1")]).Find().Select(drive => drive.Name));
    }

    [Fact]
    public void A_drive_is_found_once_however_many_ways_lead_to_it()
    {
        Make("sr0", "sr1");
        Directory.CreateSymbolicLink(folder.In("sr9"), "sr0");
        var drives = new DriveFinder([folder.In("sr*"), folder.In("sr0"), folder.In("sr9"), folder.In("sr[0-1]")]).Find();
        Assert.Equal([folder.In("sr0"), folder.In("sr1")], drives.Select(drive => drive.Path));
    }

    [Fact]
    public void New_drives_appear_old_ones_go_and_those_that_stay_are_the_same_object()
    {
        Make("a", "b");
        var finder = new DriveFinder([folder.In("*")]);
        var before = finder.Find();
        Directory.Delete(folder.In("a"));
        Make("c");
        var after = finder.Find();
        Assert.Equal(["b", "c"], after.Select(drive => drive.Name));
        Assert.Same(before[1], after[0]);
    }

    [Fact]
    public void Files_hidden_folders_and_the_ejected_ones_are_no_drives()
    {
        Make("tray", "ejected", ".hidden");
        folder.File("file", [1]);
        Assert.Equal(["tray"], new DriveFinder([folder.In("*"), folder.In(".*")]).Find().Select(drive => drive.Name));
    }

    [Theory]
    [InlineData("sr?", "sr0 sr1 sr2")]
    [InlineData("sr[02]", "sr0 sr2")]
    [InlineData("sr[!02]", "sr1")]
    [InlineData("sr[1-9]*", "sr1 sr2 sr10")]
    [InlineData("s[r]1*", "sr1 sr10")]
    [InlineData("*[", "odd[")]
    [InlineData("none*", "")]
    [InlineData("sr.", "")]
    [InlineData("../*/sr0", "sr0")]
    public void Globs_work_as_in_a_shell(string glob, string names)
    {
        Make("sr0", "sr1", "sr2", "sr10", "odd[");
        var found = new DriveFinder([folder.In(glob)]).Find()
            .Where(drive => drive.Path.StartsWith(folder.Path, StringComparison.Ordinal));
        Assert.Equal(names, string.Join(' ', found.Select(drive => drive.Name)));
    }

    [Fact]
    public void A_device_is_an_optical_drive_and_a_missing_one_is_none()
    {
        Assert.IsType<OpticalDrive>(Assert.Single(new DriveFinder(["/dev/null"]).Find()));
        Assert.Empty(new DriveFinder(["/dev/sr99", "/nowhere/*/x"]).Find());
    }

    private void Make(params IEnumerable<string> names) => names.ToList().ForEach(name => folder.Folder(name));
}
