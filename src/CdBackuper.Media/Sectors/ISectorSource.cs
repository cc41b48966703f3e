namespace CdBackuper.Media.Sectors;

/// <summary>Sectors that can be read at any place, some of which may not be readable: a drive, an image with its map, a test.</summary>
public interface ISectorSource
{
    /// <summary>
    /// How many whole or partial sectors there are. A drive's own word: the last ones may not exist
    /// (run-out blocks) and still be counted.
    /// </summary>
    long SectorCount { get; }

    /// <summary>
    /// Reads whole sectors. Thread-safe where the implementation says so.
    /// </summary>
    /// <param name="sector">The first sector's address, absolute on the disc. May lie past the end.</param>
    /// <param name="buffer">A multiple of <see cref="Sector.Size"/> bytes, at least one sector.</param>
    /// <returns>
    /// False when any of the sectors is unreadable, negative or past the end: the buffer's content is then undefined.
    /// Ask sector by sector to learn which. Faults of the environment (the disc went away) are exceptions.
    /// </returns>
    bool TryRead(long sector, Span<byte> buffer);

    /// <summary>The sectors that have more than 2048 bytes; null where the source can't tell them from unreadable ones, as a drive.</summary>
    IForm2Source? Form2 => null;
}
