using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes;

/// <summary>A file system that was found on a disc, read as far as it can be. Immutable.</summary>
public interface IVolume
{
    /// <summary>The file system and the tree that was chosen, for people: <c>ISO 9660 (Rock Ridge)</c>.</summary>
    string Format { get; }

    /// <summary>The family of the file system.</summary>
    FileSystemKind Kind { get; }

    /// <summary>The first sector of the session that the volume was read from; 0 for the first one.</summary>
    long SessionStart { get; }

    /// <summary>What the volume calls itself, unmangled; null where it has no name.</summary>
    string? VolumeName { get; }

    /// <summary>What <c>blkid</c> calls its UUID; null where it has none, or one of blanks, which identifies nothing.</summary>
    string? Uuid { get; }

    /// <summary>Who or what made the volume (publisher, preparer, application), as the disc says; empty where it does not.</summary>
    IReadOnlyList<string> Creators { get; }

    /// <summary>
    /// What else the volume says of itself, under the standard's names (<c>volume set</c>, <c>system</c>); empty texts are left out.
    /// </summary>
    IReadOnlyDictionary<string, string> Identifiers { get; }

    /// <summary>When the volume was made; null where the disc has no valid date.</summary>
    DateTimeOffset? Created { get; }

    /// <summary>When the volume was last changed; null where the disc has no valid date.</summary>
    DateTimeOffset? Modified { get; }

    /// <summary>How long the volume says it is, in bytes from the disc's start. May be more than the disc has.</summary>
    long LengthBytes { get; }

    /// <summary>Every name, each folder before what it holds, in the order of the disc.</summary>
    IReadOnlyList<FileEntry> Entries { get; }

    /// <summary>
    /// Every byte of the disc that the reader needed for the file system itself (descriptors, directories, continuation
    /// areas), readable or not. With the files' extents this is all that must be read for the disc to be whole.
    /// </summary>
    ByteSet Structures { get; }

    /// <summary>
    /// Where a state of the volume would lie that was recorded later: behind the virtual allocation table that was found (UDF 1.50 §2.2.10),
    /// up to the disc's end. Null for volumes that are not continued so.
    /// </summary>
    ByteRange? Later => null;

    /// <summary>
    /// True where, in an image without table of contents, something stands behind all volumes of which nobody knows what it is. Of the
    /// last volume alone.
    /// </summary>
    bool HasContentBehind => false;

    /// <summary>True when names are or may be missing, since structures that hold them are lost.</summary>
    bool IsIncomplete { get; }

    /// <summary>Boot images that are no files of the tree; empty where the volume names none.</summary>
    IReadOnlyList<BootImage> BootImages { get; }

    /// <summary>The flaws that were met, in the order of meeting; a bounded number of each kind.</summary>
    IReadOnlyList<Damage> Damages { get; }
}
