using System.Text;

namespace CdBackuper.Media.Volumes;

/// <summary>What is known of a disc beside its sectors, and how its names are to be understood.</summary>
public sealed record ReadingOptions
{
    /// <summary>The options of an image of which nothing is known.</summary>
    public static ReadingOptions Default { get; } = new();

    /// <summary>
    /// The first sectors of the disc's data tracks, as its table of contents tells them, in any order; empty where there
    /// is none. Sessions are also looked for in the image, since overwritable discs have only one track.
    /// </summary>
    public IReadOnlyList<long> TrackStarts { get; init; } = [];

    /// <summary>The first sectors of sessions that are known though no track begins there, in any order.</summary>
    public IReadOnlyList<long> LaterSessions { get; init; } = [];

    /// <summary>Where a file system may begin, as far as it is known: tracks and sessions, in order.</summary>
    public IReadOnlyList<long> KnownStarts => [.. TrackStarts.Concat(LaterSessions).Distinct().Order()];

    /// <summary>
    /// True where the sectors come from a drive, which takes seconds over each that it can't read: sessions are then looked for in fewer places.
    /// False for images, and for what was copied already.
    /// </summary>
    public bool IsDrive { get; init; }

    /// <summary>
    /// How names are decoded whose standard names no character set (plain ISO 9660, Rock Ridge, HFS); null for the rule
    /// that looks at all names of the volume.
    /// </summary>
    public Encoding? NameEncoding { get; init; }

    /// <summary>
    /// True to read the first session alone: enough to recognise a disc, and the same before and after one was added.
    /// </summary>
    public bool IsFirstSessionOnly { get; init; }
}
