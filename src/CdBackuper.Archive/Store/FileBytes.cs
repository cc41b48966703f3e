using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Archive.Store;

/// <summary>Reads a part of a file as a whole.</summary>
internal static class FileBytes
{
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void Fill(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
            {
                throw new EndOfStreamException($"The image or an older copy ends at {offset}, before what was rescued of it.");
            }

            offset += count;
            bytes = bytes[count..];
        }
    }
}
