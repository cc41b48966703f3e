using CdBackuper.Linux.Files;
using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>An image file as a disc; also a file of FUSE that gives EIO where its disc would.</summary>
/// <remarks>
/// Reads go through the page cache, for speed. There a bad sector takes the other half of its 4 KiB page along, so what
/// fails is read again past the cache where the file system can do that.
/// </remarks>
internal sealed class ImageDisc : IDisc
{
    private const int LargestDirectRead = 1 << 20;
    private readonly SafeFileHandle file;
    private readonly SafeFileHandle? direct;
    private readonly string name;
    private FileStamp? stamp;

    /// <exception cref="DriveFaultException">No such file (DiscGone), no permission, or not a regular file (Other).</exception>
    internal ImageDisc(string path)
    {
        name = Path.GetFileName(path);
        SourcePath = path;
        const int Flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec | OpenFlags.NonBlock;
        file = LibC.Open(path, Flags);
        if (file.IsInvalid)
        {
            var errno = Errno.Last;
            throw errno == Errno.ENOENT
                ? new DriveFaultException(DriveFault.DiscGone, $"Could not open the image {path}: there is no such file.")
                : DriveFaults.Of(path, $"open the image {name}", errno);
        }

        if (FileFacts.Find(file) is not { IsRegular: true } facts)
        {
            file.Dispose();
            throw new DriveFaultException(DriveFault.Other, $"Could not open the image {path}: it is not a regular file.");
        }

        LengthBytes = facts.Length;
        stamp = FileStamp.Of(path, facts);
        SupportsDirectReads = FileCalls.SupportsDirectReads(path);
        direct = SupportsDirectReads ? LibC.Open(path, Flags | OpenFlags.Direct) : null;
    }

    /// <inheritdoc/>
    public string SourcePath { get; }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public long SectorCount => Sector.Count(LengthBytes);

    /// <inheritdoc/>
    public Toc? Toc => null;

    /// <inheritdoc/>
    public string Kind => "disc image";

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

        var offset = sector * Sector.Size;
        var wanted = buffer[..(int)Math.Min(buffer.Length, LengthBytes - offset)];
        buffer[wanted.Length..].Clear();
        return Fill(file, wanted, offset) || (direct is { IsInvalid: false } && FillDirect(wanted, offset));
    }

    /// <inheritdoc/>
    public long ReadReachableLength() => LengthBytes;

    /// <inheritdoc/>
    public bool TellsMediumChange => true;

    /// <inheritdoc/>
    public bool ReadMediumChanged() => FileStamp.Find(SourcePath) is not { } now || now != stamp;

    /// <inheritdoc/>
    public void AcceptMedium() => stamp = FileStamp.Find(SourcePath);

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        direct?.Dispose();
    }

    private bool Fill(SafeFileHandle from, Span<byte> wanted, long offset)
    {
        var count = PositionedRead.Fill(from, wanted, offset, out var errno);
        return errno == 0 || Errno.IsUnreadableSector(errno) || errno == Errno.EINVAL
            ? count == wanted.Length
            : throw DriveFaults.Of(SourcePath, $"read the image {name}", errno);
    }

    private bool FillDirect(Span<byte> wanted, long offset)
    {
        if (wanted.Length > LargestDirectRead)
        {
            return false;
        }

        // whole sectors, also where the file ends within one; the read then ends with the file
        using var aligned = new AlignedBuffer((int)Sector.Count(wanted.Length) * Sector.Size);
        var count = PositionedRead.Fill(direct!, aligned.Bytes, offset, out _);
        if (count < wanted.Length)
        {
            return false;
        }

        aligned.Bytes[..wanted.Length].CopyTo(wanted);
        return true;
    }
}
