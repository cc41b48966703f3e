using System.Diagnostics;
using System.Text;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Tests.Linux.Drives;

public sealed class MediaChangeListenerTests
{
    [Fact]
    public void Waiting_ends_with_the_limit_and_with_the_token()
    {
        using var listener = MediaChangeListener.TryOpen();
        Assert.SkipWhen(listener is null, "the kernel's events may not be heard here");
        while (listener.Wait(TimeSpan.Zero, CancellationToken.None, out _))
        {
        }

        using var source = new CancellationTokenSource();
        source.CancelAfter(50);
        var clock = Stopwatch.StartNew();
        listener.Wait(TimeSpan.FromMinutes(5), source.Token, out _);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("change@/devices/x/block/sr0\0ACTION=change\0SUBSYSTEM=block\0DISK_MEDIA_CHANGE=1\0DEVNAME=sr0\0", "sr0")]
    [InlineData("add@/devices/x/block/sr10\0ACTION=add\0DEVNAME=sr10\0SUBSYSTEM=block\0", "sr10")]
    [InlineData("add@/devices/x/net/eth0\0ACTION=add\0SUBSYSTEM=net\0", null)]
    [InlineData("bind@/devices/x\0ACTION=bind\0SUBSYSTEM=block\0DEVNAME=sr0\0", null)]
    [InlineData("", null)]
    public void Only_what_happens_to_block_devices_counts(string message, string? name) =>
        Assert.Equal(name, BlockEvent.TryParse(Encoding.UTF8.GetBytes(message))?.DeviceName);
}
