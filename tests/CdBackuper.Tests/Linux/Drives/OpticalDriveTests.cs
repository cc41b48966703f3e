using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

/// <summary>What can be said without a drive; the rest is tried in the rig.</summary>
public sealed class OpticalDriveTests
{
    [Fact]
    public void A_missing_drive_is_gone_and_has_no_model()
    {
        var drive = new OpticalDrive("/dev/sr99");
        foreach (var call in (Action[])[() => drive.ReadState(), () => drive.OpenDisc(), drive.Eject])
        {
            var fault = Assert.Throws<DriveFaultException>(call);
            Assert.Equal(DriveFault.DriveGone, fault.Fault);
            Assert.Contains("/dev/sr99", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(new DriveModel(null, null, null, null), drive.ReadModel());
    }

    [Fact]
    public void A_device_that_is_no_drive_says_so()
    {
        Assert.Equal(DriveFault.Other, Assert.Throws<DriveFaultException>(() => new OpticalDrive("/dev/null").ReadState()).Fault);
    }

    [Fact]
    public void An_attribute_of_sysfs_is_read_though_its_length_is_a_lie()
    {
        Assert.StartsWith("0", System.Text.Encoding.ASCII.GetString(DriveModelReader.TryReadBytes("/sys/devices/system/cpu", "online")), StringComparison.Ordinal);
        Assert.Empty(DriveModelReader.TryReadBytes("/sys/devices/system/cpu", "no-such-attribute"));
    }
}
