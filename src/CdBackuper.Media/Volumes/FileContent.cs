using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Volumes;

/// <summary>Reads a file's bytes from the disc or image, at any place. Not thread-safe.</summary>
/// <param name="source">The disc or image that the entry was read from.</param>
/// <param name="entry">A file or stream.</param>
public sealed class FileContent(ISectorSource source, FileEntry entry)
{
    private const int RunBytes = 256 * Sector.Size;

    private readonly long[] ends = Ends(entry);
    private byte[] sectors = [];
    private (int Index, byte[] Bytes)? decoded;

    /// <summary>Reads bytes of the file.</summary>
    /// <param name="position">The first byte, in the file. With the buffer inside 0 … <see cref="FileEntry.Size"/>.</param>
    /// <param name="buffer">Takes the bytes; any length.</param>
    /// <returns>
    /// False where a byte of them can't be read, can't be decoded, lies past the end of file or disc, or where only the
    /// file's name is known: the buffer's content is then undefined.
    /// </returns>
    public bool TryRead(long position, Span<byte> buffer)
    {
        if (entry.Extents is null || position < 0 || position > entry.Size - buffer.Length)
        {
            return false;
        }

        if (position < entry.Preamble.Length)
        {
            var head = entry.Preamble.Span[(int)position..];
            head = head[..Math.Min(head.Length, buffer.Length)];
            head.CopyTo(buffer);
            position += head.Length;
            buffer = buffer[head.Length..];
        }

        for (var index = ExtentAt(position); buffer.Length > 0; index++)
        {
            var extent = entry.Extents[index];
            var offset = position - (ends[index] - extent.Length);
            var part = buffer[..(int)Math.Min(buffer.Length, extent.Length - offset)];
            if (!TryReadPart(index, extent, offset, part))
            {
                return false;
            }

            position += part.Length;
            buffer = buffer[part.Length..];
        }

        return true;
    }

    private static long[] Ends(FileEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var ends = new long[entry.Extents?.Count ?? 0];
        long end = entry.Preamble.Length;
        for (var index = 0; index < ends.Length; index++)
        {
            ends[index] = end += entry.Extents![index].Length;
        }

        return ends;
    }

    private int ExtentAt(long position)
    {
        var found = Array.BinarySearch(ends, position + 1);
        return found < 0 ? ~found : found;
    }

    private bool TryReadPart(int index, Extent extent, long offset, Span<byte> part)
    {
        if (!extent.IsStored)
        {
            part.Clear();
            return true;
        }

        return extent.IsForm2 ? TryReadForm2(extent, offset, part)
            : extent.IsCoded ? TryDecode(index, extent, offset, part)
            : TryReadBytes(extent.Start + offset, part);
    }

    private bool TryReadForm2(Extent extent, long offset, Span<byte> part)
    {
        Span<byte> body = stackalloc byte[RawSector.BodySize];
        while (part.Length > 0)
        {
            var (index, at) = Math.DivRem(offset, RawSector.Form2Size);
            if (source.Form2?.TryReadForm2((extent.Start / Sector.Size) + index, body) != true)
            {
                return false;
            }

            var bytes = body[RawSector.SubHeaderSize..].Slice((int)at, (int)Math.Min(part.Length, RawSector.Form2Size - at));
            bytes.CopyTo(part);
            part = part[bytes.Length..];
            offset += bytes.Length;
        }

        return true;
    }

    private bool TryDecode(int index, Extent extent, long offset, Span<byte> part)
    {
        if (decoded?.Index != index)
        {
            var stored = new byte[extent.ZlibLength];
            var bytes = new byte[extent.Length];
            if (!TryReadBytes(extent.Start, stored) || !ZlibRun.TryDecode(stored, bytes))
            {
                return false;
            }

            decoded = (index, bytes);
        }

        decoded!.Value.Bytes.AsSpan((int)offset, part.Length).CopyTo(part);
        return true;
    }

    private bool TryReadBytes(long start, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var offset = (int)(start % Sector.Size);
            var count = (int)Math.Min(bytes.Length, RunBytes - offset);
            var length = (int)Sector.Count(offset + count) * Sector.Size;
            if (sectors.Length < length)
            {
                sectors = new byte[length];
            }

            if (!source.TryRead(start / Sector.Size, sectors.AsSpan(0, length)))
            {
                return false;
            }

            sectors.AsSpan(offset, count).CopyTo(bytes);
            start += count;
            bytes = bytes[count..];
        }

        return true;
    }
}
