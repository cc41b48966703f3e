using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Tests.Museum;

/// <summary>
/// A sparse image as the bytes of a file, in units of a raw sector. Where the last unit has a record the file ends with it, so
/// that a table at the end of the file can end anywhere.
/// </summary>
internal sealed class SparseFile : IByteSource
{
    public const int Unit = RawSector.Size;
    private const int ReadsPerByte = 50;
    private const long FreeBytes = 64 << 20;

    private readonly Dictionary<long, byte[]?> units = [];
    private long asked;

    public SparseFile(SparseImage image)
    {
        LengthBytes = (long)image.Units * Unit;
        foreach (var record in image.Records)
        {
            var bytes = new byte[Unit];
            record.Bytes.CopyTo(bytes, 0);
            units[record.Number] = record.IsUnreadable ? null : bytes;
            if (record.Number == image.Units - 1)
            {
                LengthBytes = ((long)record.Number * Unit) + record.Bytes.Length;
            }
        }
    }

    public long LengthBytes { get; }

    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > LengthBytes - buffer.Length)
        {
            return false;
        }

        asked += buffer.Length;
        if (asked > FreeBytes + (ReadsPerByte * LengthBytes))
        {
            throw new UnsoundException($"more than {asked} bytes were asked for, of a file of {LengthBytes}");
        }

        while (buffer.Length > 0)
        {
            var begin = (int)(offset % Unit);
            var part = buffer[..Math.Min(buffer.Length, Unit - begin)];
            if (!units.TryGetValue(offset / Unit, out var bytes))
            {
                part.Clear();
            }
            else if (bytes is null)
            {
                return false;
            }
            else
            {
                bytes.AsSpan(begin, part.Length).CopyTo(part);
            }

            offset += part.Length;
            buffer = buffer[part.Length..];
        }

        return true;
    }
}
