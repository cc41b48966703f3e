using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>Reads a part of a file as a whole: a read may give less than was asked for.</summary>
public static class FileBytes
{
    /// <returns>How many bytes were read: fewer than the buffer takes where the file ends before.</returns>
    /// <exception cref="IOException">The storage does not give them.</exception>
    public static int Read(SafeFileHandle file, long offset, Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && RandomAccess.Read(file, buffer[done..], offset + done) is > 0 and var count)
        {
            done += count;
        }

        return done;
    }

    /// <inheritdoc cref="Read"/>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void Fill(SafeFileHandle file, long offset, Span<byte> buffer)
    {
        var count = Read(file, offset, buffer);
        if (count < buffer.Length)
        {
            throw new EndOfStreamException($"The image or an older copy ends at {offset + count}, before what was rescued of it.");
        }
    }
}
