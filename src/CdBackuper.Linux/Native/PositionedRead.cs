using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Native;

/// <summary>pread(2) until all is read, the end comes or an error does.</summary>
internal static class PositionedRead
{
    /// <param name="file">Open for reading.</param>
    /// <param name="buffer">Is filled from its start.</param>
    /// <param name="offset">In bytes.</param>
    /// <param name="errno">0, or why it ended early.</param>
    /// <returns>How many bytes were read; fewer than asked for at the end of the file or before an error.</returns>
    internal static unsafe int Fill(SafeFileHandle file, Span<byte> buffer, long offset, out int errno)
    {
        var done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                var count = LibC.ReadAt(file, start + done, (nuint)(buffer.Length - done), offset + done);
                if (count < 0 && Errno.Last == Errno.EINTR)
                {
                    continue;
                }

                if (count <= 0)
                {
                    errno = count < 0 ? Errno.Last : 0;
                    return done;
                }

                done += (int)count;
            }
        }

        errno = 0;
        return done;
    }
}
