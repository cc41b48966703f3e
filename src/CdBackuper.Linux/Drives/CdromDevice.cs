using System.Buffers.Binary;
using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>A drive's device node, open for questions (linux/cdrom.h): without O_NONBLOCK opening would close the tray.</summary>
internal sealed unsafe class CdromDevice : IDisposable
{
    private const nuint Eject = 0x5309;
    private const nuint MediaChanged = 0x5325;
    private const nuint DriveStatus = 0x5326;
    private const nuint DiscStatus = 0x5327;
    private const nuint LockDoor = 0x5329;
    private const nuint TimedMediaChange = 0x5396;
    private const nuint DeviceLength = 0x80081272;
    private const int CurrentSlot = int.MaxValue;
    private const int NoInformation = 0;

    /// <summary>The largest discs, BDXL with four layers, hold 128 GB; what is larger is no disc's copy.</summary>
    private const long LargestDisc = 128_001_769_472;

    private readonly string path;

    /// <exception cref="DriveFaultException">Missing, forbidden, or not a device.</exception>
    internal CdromDevice(string path, string what)
    {
        this.path = path;
        Handle = LibC.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlock | OpenFlags.CloseOnExec);
        if (Handle.IsInvalid)
        {
            throw DriveFaults.Of(path, what, Errno.Last);
        }
    }

    internal SafeFileHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    /// <exception cref="DriveFaultException">The drive is gone, or the device is not an optical drive.</exception>
    internal DriveState ReadState() => Ask(DriveStatus, CurrentSlot, "ask the drive what lies in it") switch
    {
        1 => DriveState.Empty,
        2 => DriveState.TrayOpen,
        3 => DriveState.NotReady,
        4 => DriveState.Loaded,
        // A driver without a status of its own (CDS_NO_INFO): a disc is there if its size is.
        _ => ReadLength() > 0 ? DriveState.Loaded : DriveState.Empty,
    };

    /// <returns>
    /// True for a block device that knows nothing of drives and is no larger than a disc: a loop device, a card. Drives answer
    /// CDROM_DRIVE_STATUS, or ENOSYS (drivers/cdrom/cdrom.c); all else EINVAL or ENOTTY.
    /// </returns>
    internal bool IsPlain() =>
        LibC.Control(Handle, DriveStatus, CurrentSlot) < 0 && Errno.Last is Errno.EINVAL or Errno.ENOTTY
        && ReadBlockDeviceLength() is > 0 and <= LargestDisc;

    /// <returns>CDS_AUDIO … CDS_MIXED; CDS_NO_INFO where there is no table of contents; null where it cannot be asked.</returns>
    internal int? TryReadDiscStatus()
    {
        var status = LibC.Control(Handle, DiscStatus, 0);
        return status > NoInformation ? status : null;
    }

    /// <returns>True when READ DISC INFORMATION (MMC 6.22) calls the disc empty.</returns>
    internal bool IsBlank()
    {
        Span<byte> answer = stackalloc byte[34];
        return ScsiCommand.TryRead(Handle, [0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0], answer) && (answer[2] & 3) == 0;
    }

    /// <summary>
    /// In bytes, by READ CAPACITY (10) (MMC 6.19), else the block device's size; 0 where neither knows. Drives that tell
    /// a raw sector's length mean 2048 all the same, as sr has it (drivers/scsi/sr.c, get_sectorsize).
    /// </summary>
    internal long ReadLength()
    {
        Span<byte> answer = stackalloc byte[8];
        if (ScsiCommand.TryRead(Handle, [0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0], answer))
        {
            var blocks = BinaryPrimitives.ReadUInt32BigEndian(answer) + 1L;
            var blockLength = BinaryPrimitives.ReadUInt32BigEndian(answer[4..]);
            return blocks * (blockLength is 512 or 1024 ? blockLength : Sector.Size);
        }

        return ReadBlockDeviceLength();
    }

    /// <summary>In bytes, as the kernel has it now; 0 where it does not say.</summary>
    internal long ReadBlockDeviceLength()
    {
        ulong length = 0;
        return LibC.Control(Handle, DeviceLength, &length) == 0 ? (long)length : 0;
    }

    /// <summary>READ (10) (MMC 6.16) past the block device, which knows no end of its own.</summary>
    /// <param name="sector">The first, below 2^32.</param>
    /// <param name="buffer">1 to 64 whole sectors.</param>
    internal bool TryReadSectors(long sector, Span<byte> buffer)
    {
        Span<byte> command = stackalloc byte[10];
        command.Clear();
        command[0] = 0x28;
        BinaryPrimitives.WriteUInt32BigEndian(command[2..], checked((uint)sector));
        BinaryPrimitives.WriteUInt16BigEndian(command[7..], (ushort)(buffer.Length / Sector.Size));
        return ScsiCommand.TryRead(Handle, command, buffer);
    }

    /// <returns>
    /// The kernel's mark of the last change it noticed: milliseconds, to be compared only (Linux 5.16). Null on older
    /// kernels. Asking makes the kernel look.
    /// </returns>
    internal long? TryReadChangeMark()
    {
        var mark = stackalloc long[2];
        (mark[0], mark[1]) = (0, 0);
        return LibC.Control(Handle, TimedMediaChange, mark) == 0 ? mark[0] : null;
    }

    /// <returns>True when the medium changed since anyone asked last: the kernel keeps one answer for all programs.</returns>
    internal bool ReadMediaChanged() => Ask(MediaChanged, CurrentSlot, "ask the drive whether its disc was changed") != 0;

    /// <exception cref="DriveFaultException">It does not open.</exception>
    internal void OpenTray()
    {
        // refused where others have the device open; the eject then says so in its own words
        _ = LibC.Control(Handle, LockDoor, 0);
        _ = Ask(Eject, 0, "eject the disc");
    }

    private int Ask(nuint request, nint argument, string what)
    {
        var answer = LibC.Control(Handle, request, argument);
        return answer < 0 ? throw DriveFaults.Of(path, what, Errno.Last) : answer;
    }
}
