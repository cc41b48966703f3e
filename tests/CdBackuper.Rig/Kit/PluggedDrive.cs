namespace CdBackuper.Rig.Kit;

/// <summary>
/// A drive that can be pulled out of the machine while it is read, which one of rig-mmc can't: QEMU's own, on a SCSI bus, where the
/// kernel takes drives off and finds them again as it does with USB.
/// </summary>
internal sealed class PluggedDrive : IDisposable
{
    private readonly int number;
    private bool isPlugged = true;

    /// <param name="number">Which of QEMU's drives.</param>
    public PluggedDrive(int number = 1)
    {
        this.number = number;
        Path = Find();
    }

    /// <summary>Its device in the guest, which may be another one each time it is plugged in.</summary>
    public string Path { get; private set; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Puts a disc in, which is read at no more than so many bytes a second; 0 for no limit.</summary>
    public void Push(string disc, int speed = 0) => Machine.Order("rig", "insert", $"{number}", disc, "--speed", $"{speed}");

    /// <param name="also">What is to be done in the guest at once.</param>
    public void Unplug(string also)
    {
        isPlugged = false;
        Machine.Guest($"echo 1 >/sys/block/{Name}/device/delete; {also}");
    }

    public void Plug()
    {
        Machine.Guest("for host in /sys/class/scsi_host/*; do grep -q virtio $host/proc_name || continue; echo '- - -' >$host/scan; done");
        Path = Find();
        isPlugged = true;
    }

    public void Dispose()
    {
        if (!isPlugged)
        {
            Plug();
        }

        Machine.Order("rig", "eject", $"{number}");
    }

    private string Find()
    {
        var path = "";
        Until.True(
            () => (path = Machine.Guest($"for drive in /sys/block/sr*; do ! grep -qw DVD-{number} $drive/device/model || basename $drive; done").Trim()).Length > 0,
            30, () => $"drive {number}");
        return $"/dev/{path}";
    }
}
