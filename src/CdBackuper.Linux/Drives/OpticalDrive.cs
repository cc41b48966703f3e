namespace CdBackuper.Linux.Drives;

/// <summary>A CD, DVD or BD drive of the kernel: /dev/srN.</summary>
/// <param name="devicePath">Its device node. It need not exist yet.</param>
/// <param name="isNamed">
/// True where a person named this very device: then a loop device or a card counts as a drive with a disc that can't be ejected.
/// Whatever a pattern finds must be a drive, lest a hard disk is archived.
/// </param>
/// <remarks>
/// The device is opened for each question and closed again, so that others can eject, and an unplugged drive's node goes.
/// </remarks>
public sealed class OpticalDrive(string devicePath, bool isNamed = false) : IDrive
{
    private long? lastMark;
    private bool wasAsked;

    /// <inheritdoc/>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public string Path { get; } = System.IO.Path.GetFullPath(devicePath);

    /// <inheritdoc/>
    public DriveModel ReadModel() => DriveModelReader.Read(Path);

    /// <inheritdoc/>
    public DriveState ReadState()
    {
        using var device = new CdromDevice(Path, "look into the drive");
        return StateOf(device);
    }

    /// <inheritdoc/>
    public bool ReadMediaChanged()
    {
        using var device = new CdromDevice(Path, "look into the drive");
        var mark = device.TryReadChangeMark();
        var isChanged = mark is null ? device.ReadMediaChanged() : mark != lastMark;
        isChanged |= !wasAsked;
        (wasAsked, lastMark) = (true, mark);
        return isChanged;
    }

    /// <inheritdoc/>
    public IDisc OpenDisc()
    {
        var device = new CdromDevice(Path, "open the disc");
        try
        {
            return StateOf(device) == DriveState.Loaded
                ? new OpticalDisc(Path, device)
                : throw new DriveFaultException(
                    DriveFault.DiscGone, $"Could not open the disc in {Path}: the drive says that none is ready in it.");
        }
        catch (Exception)
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Eject()
    {
        using var device = new CdromDevice(Path, "eject the disc");
        if (!isNamed || !device.IsPlain())
        {
            device.OpenTray();
        }
    }

    private DriveState StateOf(CdromDevice device) => isNamed && device.IsPlain() ? DriveState.Loaded : device.ReadState();
}
