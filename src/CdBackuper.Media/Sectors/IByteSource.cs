namespace CdBackuper.Media.Sectors;

/// <summary>Bytes that can be read at any place: a file of an image, a test. Reads are thread-safe.</summary>
public interface IByteSource
{
    /// <summary>How many bytes there are; never negative.</summary>
    long LengthBytes { get; }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
    /// <param name="offset">The first byte. May be negative or lie past the end.</param>
    /// <param name="buffer">What is filled; its length is how many bytes are read.</param>
    /// <returns>
    /// False when any of the bytes can't be read, or lies outside: the buffer's content is then undefined. Faults of the
    /// environment are exceptions.
    /// </returns>
    bool TryRead(long offset, Span<byte> buffer);
}
