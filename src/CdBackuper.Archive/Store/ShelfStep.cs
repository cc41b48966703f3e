using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Archive.Store;

/// <summary>One entry of the new listing and how to get there.</summary>
/// <param name="Result">What the listing is to say; without a hash where the file is yet to be written.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="FromImage">The entry as the image shows it: where it lies, and what the image lacks of it; only where something is written.</param>
/// <param name="Previous">What lies in the archive now and may be replaced; null where nothing does.</param>
public sealed record ShelfStep(
    ListedEntry Result, ShelfAction Action, ListedEntry? FromImage = null, ListedEntry? Previous = null)
{
    /// <summary>Of a file that is compared with the disc: the bytes that no record vouches for; null for all of them.</summary>
    public ByteSet? Doubted { get; init; }
}
