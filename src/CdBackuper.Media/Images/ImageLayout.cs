using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Images;

/// <summary>Where an image keeps the sectors of its disc. Immutable.</summary>
/// <param name="Format">The image's format for people, such as CUE.</param>
/// <param name="Tracks">In order of their numbers; may be empty where the sheet has problems.</param>
public sealed record ImageLayout(string Format, IReadOnlyList<ImageTrack> Tracks)
{
    /// <summary>How many sessions the disc has; 0 without tracks.</summary>
    public int SessionCount => Tracks.Count == 0 ? 0 : Tracks.Max(track => track.Session);

    /// <summary>Every byte of data tracks, where the disc's sectors of 2048 bytes lie one after the other.</summary>
    public ByteSet DataBytes => ByteSet.Of(Tracks
        .Where(track => track.IsData && track.Start >= 0 && track.End > track.Start)
        .Select(track => ByteRange.OfSectors(track.Start, track.End - track.Start)));

    /// <returns>The disc's table of contents; null without tracks.</returns>
    public Toc? ToToc()
    {
        if (Tracks.Count == 0)
        {
            return null;
        }

        var last = SessionCount;
        return new(
            [.. Tracks.Select(track => track.ToToc())],
            Tracks.Max(track => track.End),
            last > 1 ? Tracks.First(track => track.Session == last).Start : null);
    }
}
