using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Museum;

/// <summary>Makes a sparse image of what a reader looks at in a file.</summary>
internal sealed class TracedFile(IByteSource inner) : IByteSource
{
    private readonly HashSet<long> units = [];

    public long LengthBytes => inner.LengthBytes;

    /// <param name="file">The file.</param>
    /// <param name="read">What reads it.</param>
    /// <param name="mostBytes">What does not fit any more is left out: it reads as zeros.</param>
    public static SparseImage Shrink(IByteSource file, Action<IByteSource> read, int mostBytes)
    {
        var traced = new TracedFile(file);
        read(traced);
        var count = (int)((file.LengthBytes + SparseFile.Unit - 1) / SparseFile.Unit);
        var records = new List<SparseRecord>();

        // Formats that have a table keep it at the file's end.
        foreach (var unit in traced.units.Where(unit => unit == count - 1).Concat(traced.units.Where(unit => unit != count - 1)))
        {
            var bytes = new byte[(int)Math.Min(SparseFile.Unit, file.LengthBytes - (unit * SparseFile.Unit))];
            file.TryRead(unit * SparseFile.Unit, bytes);
            var used = unit == count - 1 ? bytes : bytes.AsSpan().TrimEnd((byte)0).ToArray();
            if (used.Length > 0 && (mostBytes -= used.Length) > 0)
            {
                records.Add(new((int)unit, used));
            }
        }

        return new(count, records);
    }

    public bool TryRead(long offset, Span<byte> buffer)
    {
        var isRead = inner.TryRead(offset, buffer);
        for (var unit = offset / SparseFile.Unit; isRead && unit * SparseFile.Unit < offset + buffer.Length; unit++)
        {
            units.Add(unit);
        }

        return isRead;
    }
}
