using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Images;

/// <summary>Bytes in memory, of which some can't be read.</summary>
internal sealed class MemoryBytes(byte[] bytes, Func<long, bool>? isBad = null) : IByteSource
{
    public long LengthBytes => bytes.Length;

    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > bytes.Length - buffer.Length)
        {
            return false;
        }

        for (var index = 0; isBad is not null && index < buffer.Length; index++)
        {
            if (isBad(offset + index))
            {
                return false;
            }
        }

        bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
        return true;
    }
}
