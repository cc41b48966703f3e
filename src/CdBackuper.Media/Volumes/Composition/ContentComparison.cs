using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>Compares the bytes of two files of a disc, up to a limit for all comparisons together.</summary>
/// <param name="source">The disc or image.</param>
/// <param name="budget">How many bytes of files may be compared.</param>
internal sealed class ContentComparison(ISectorSource source, long budget)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly byte[] left = new byte[ChunkBytes];
    private readonly byte[] right = new byte[ChunkBytes];
    private long budget = budget;

    /// <returns>False where any byte differs or can't be read, or the limit is reached: both are then kept.</returns>
    public bool IsSame(FileEntry one, FileEntry other)
    {
        if (one.Size != other.Size || !one.Preamble.Span.SequenceEqual(other.Preamble.Span) || one.Size > budget)
        {
            return false;
        }

        budget -= one.Size;
        var (first, second) = (new FileContent(source, one), new FileContent(source, other));
        for (long position = 0; position < one.Size; position += ChunkBytes)
        {
            var length = (int)Math.Min(ChunkBytes, one.Size - position);
            if (!first.TryRead(position, left.AsSpan(0, length))
                || !second.TryRead(position, right.AsSpan(0, length))
                || !left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }
}
