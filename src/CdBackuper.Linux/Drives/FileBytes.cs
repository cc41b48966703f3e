using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>A file of an image, open for reading at any place. Thread-safe.</summary>
internal sealed class FileBytes : IByteSource, IDisposable
{
    private readonly SafeFileHandle file;
    private readonly string path;

    /// <exception cref="DriveFaultException">It can't be opened, or is no regular file.</exception>
    internal FileBytes(string path)
    {
        this.path = path;
        file = LibC.Open(path, OpenFlags.ReadOnly | OpenFlags.CloseOnExec | OpenFlags.NonBlock);
        if (file.IsInvalid)
        {
            throw DriveFaults.Of(path, "open the image", Errno.Last);
        }

        if (FileFacts.Find(file) is not { IsRegular: true } facts)
        {
            file.Dispose();
            throw new DriveFaultException(DriveFault.Other, $"Could not open the image {path}: it is not a regular file.");
        }

        LengthBytes = facts.Length;
    }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > LengthBytes - buffer.Length)
        {
            return false;
        }

        var count = PositionedRead.Fill(file, buffer, offset, out var errno);
        return errno == 0 || Errno.IsUnreadableSector(errno)
            ? count == buffer.Length
            : throw DriveFaults.Of(path, "read the image", errno);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
