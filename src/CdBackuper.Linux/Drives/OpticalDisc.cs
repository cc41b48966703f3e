using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>A disc in an optical drive.</summary>
/// <remarks>
/// Reads go past the page cache (O_DIRECT): exact to the sector, and nothing old. While it is open the kernel keeps the
/// tray locked.
/// </remarks>
internal sealed class OpticalDisc : IDisc
{
    private const int BufferLength = 64 * Sector.Size;
    private readonly CdromDevice device;
    private readonly SafeFileHandle reader;
    private readonly AlignedBuffer aligned = new(BufferLength);
    private readonly Lock oneAtATime = new();
    private readonly bool isPlain;
    private long? mark;

    /// <param name="path">The device.</param>
    /// <param name="device">Open; belongs to the disc once this constructor has returned.</param>
    internal OpticalDisc(string path, CdromDevice device)
    {
        this.device = device;
        SourcePath = path;
        mark = device.TryReadChangeMark();
        isPlain = device.IsPlain();
        LengthBytes = device.ReadLength();
        Toc = TocReader.TryRead(device.Handle);
        Kind = device.TryReadDiscStatus() switch
        {
            100 => "audio disc",
            101 => "data disc (mode 1)",
            102 => "data disc (mode 2)",
            103 => "data disc (mode 2, form 1)",
            104 => "data disc (mode 2, form 2)",
            105 => "mixed disc",
            _ => device.IsBlank() ? "blank disc" : "unknown disc",
        };
        (reader, SupportsDirectReads) = OpenReader(path);
    }

    /// <inheritdoc/>
    public string SourcePath { get; }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public long SectorCount => Sector.Count(LengthBytes);

    /// <inheritdoc/>
    public Toc? Toc { get; }

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public bool SupportsDirectReads { get; }

    /// <inheritdoc/>
    public bool HasPlainSectors => true;

    /// <inheritdoc/>
    public ByteSet Gaps => ByteSet.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => [];

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (!SectorSpan.IsInside(sector, buffer.Length, SectorCount))
        {
            return false;
        }

        lock (oneAtATime)
        {
            for (var done = 0; done < buffer.Length; done += BufferLength)
            {
                var part = buffer.Slice(done, Math.Min(BufferLength, buffer.Length - done));
                if (!TryReadPart((sector * Sector.Size) + done, part))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public long ReadReachableLength() => device.ReadBlockDeviceLength();

    /// <inheritdoc/>
    public bool TellsMediumChange => isPlain || mark is not null;

    /// <inheritdoc/>
    public bool ReadMediumChanged()
    {
        var now = device.TryReadChangeMark();
        return !isPlain && (now is null || now != mark || device.ReadState() != DriveState.Loaded);
    }

    /// <inheritdoc/>
    public void AcceptMedium() => mark = device.TryReadChangeMark();

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        device.Dispose();
        aligned.Dispose();
    }

    private static (SafeFileHandle Reader, bool IsDirect) OpenReader(string path)
    {
        const int Flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec;
        var direct = LibC.Open(path, Flags | OpenFlags.Direct);
        if (!direct.IsInvalid)
        {
            return (direct, true);
        }

        if (Errno.Last != Errno.EINVAL)
        {
            throw DriveFaults.Of(path, "open the disc", Errno.Last);
        }

        var buffered = LibC.Open(path, Flags);
        return buffered.IsInvalid ? throw DriveFaults.Of(path, "open the disc", Errno.Last) : (buffered, false);
    }

    private bool TryReadPart(long offset, Span<byte> part)
    {
        var wanted = aligned.Bytes[..part.Length];
        if (PositionedRead.Fill(reader, wanted, offset, out var errno) == wanted.Length)
        {
            wanted.CopyTo(part);
            return true;
        }

        if (errno != 0 && !Errno.IsUnreadableSector(errno) && errno != Errno.EINVAL)
        {
            throw DriveFaults.Of(SourcePath, $"read at byte {offset} of the disc", errno);
        }

        if (errno == 0 && device.TryReadSectors(offset / Sector.Size, wanted))
        {
            // Past the end of a block device that shrank (see IDisc.LengthBytes): the drive reads it all the same.
            wanted.CopyTo(part);
            return true;
        }

        // "No medium" (2/3a) comes as EIO too, and so does all that is read after a change: ask the drive.
        ThrowIfGone();
        return false;
    }

    private void ThrowIfGone()
    {
        if (device.ReadState() is DriveState.Empty or DriveState.TrayOpen || device.TryReadChangeMark() != mark)
        {
            throw new DriveFaultException(
                DriveFault.DiscGone,
                $"The disc was taken out of {SourcePath} while it was read. Put it in again: it is resumed.");
        }
    }
}
