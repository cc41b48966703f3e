using System.Text;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Archive.Store;

/// <summary>Lays a volume over the map of what was read: the verdict on each file, and on the file system itself.</summary>
public static class ListingBuilder
{
    /// <summary>
    /// All files of a real disc together are at most some times as long as the disc (hard links, files that share extents).
    /// A hostile one claims terabytes in a megabyte by overlapping extents; what is past this limit is not extracted.
    /// </summary>
    private const int MaxTimesDiscLength = 16;

    /// <summary>255 bytes of UTF-8 have at most as many UTF-16 units.</summary>
    private const int MaxNameBytes = 510;

    /// <summary>";32767" in UTF-16.</summary>
    private const int MaxBesideName = 12;

    private const long AlwaysAllowedBytes = 1L << 30;

    /// <summary>As the other, and looks for where a file system must lie that nobody found: a lost session is no gap.</summary>
    /// <param name="volumes">Every volume that was found; not empty.</param>
    /// <param name="content">All of them as one.</param>
    /// <param name="read">Every byte of the disc that was read.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="trackStarts">Where tracks of data begin, in sectors; empty where there is no table of contents.</param>
    /// <param name="noData">What of the disc is known to hold no data.</param>
    /// <param name="names">What names the archive's file system takes; null for Linux's.</param>
    public static Listing Build(
        IReadOnlyList<IVolume> volumes,
        IVolume content,
        ByteSet read,
        long lengthBytes,
        IReadOnlyList<long> trackStarts,
        ByteSet noData,
        NameRules? names = null)
    {
        var listing = Build(content, read, lengthBytes, names);
        var tracks = LostHeads.UnknownTracks(volumes, content, trackStarts, lengthBytes).Except(noData);
        var later = LostHeads.LaterStates(volumes, lengthBytes).Except(noData);
        var unread = LostHeads.Of(volumes, content, read, trackStarts, lengthBytes)
            .Union(tracks.Except(read)).Union(later.Except(read)).Except(content.Structures);
        return listing with
        {
            UnreadStructureSectors = listing.UnreadStructureSectors + unread.SectorCount,
            HasUnknownTrack = !tracks.IsEmpty || volumes.Any(found => found.HasContentBehind),
            LacksNames = volumes.Any(found => found.IsIncomplete),
        };
    }

    /// <param name="volume">The file system, as read from the image.</param>
    /// <param name="read">Every byte of the disc that was read.</param>
    /// <param name="lengthBytes">The disc's length.</param>
    /// <param name="names">What names the archive's file system takes; null for Linux's.</param>
    public static Listing Build(IVolume volume, ByteSet read, long lengthBytes, NameRules? names = null)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(read);
        var paths = EntryPaths.Assign(volume.Entries, names);
        var entries = new List<ListedEntry>(volume.Entries.Count);
        var flaws = volume.Damages.ToList();
        var room = Math.Max(AlwaysAllowedBytes, MaxTimesDiscLength * lengthBytes);
        foreach (var (entry, path) in volume.Entries.Zip(paths))
        {
            var isFile = entry.Kind is EntryKind.File or EntryKind.Stream;
            var isTooMuch = isFile && entry.Size > room;
            room -= isFile && !isTooMuch ? entry.Size : 0;
            if (isTooMuch)
            {
                flaws.Add(new(DamageIds.ExtractionLimit, null, $"{path} and others claim more than {MaxTimesDiscLength} times the disc's length; it is not extracted."));
            }

            var extents = isTooMuch ? null : entry.Extents;
            var verdict = isFile && extents is not null ? FileVerdict.Of(entry, read) : default;
            entries.Add(new()
            {
                Path = path,
                Kind = entry.Kind,
                Size = isFile ? entry.Size : 0,
                StatedSize = isFile ? entry.StatedSize : null,
                Modified = entry.Modified,
                Mode = entry.Mode,
                Target = entry.LinkTarget,
                Origin = entry.Origin,
                Created = entry.Created,
                Preamble = entry.Preamble.IsEmpty ? null : Convert.ToHexStringLower(entry.Preamble.Span),
                FinderInfo = entry.FinderInfo.IsEmpty ? null : Convert.ToHexStringLower(entry.FinderInfo.Span),
                RawName = RawNameOf(entry, path),
                Extents = isFile ? extents : null,
                Lost = verdict.Lost ?? (isFile ? ByteSet.Of(new ByteRange(0, entry.Size)) : ByteSet.Empty),
            });
        }

        var unread = volume.Structures.Except(read).SectorCount;
        return new(volume.Format, entries, flaws, unread) { Volumes = VolumesOf(volume), Choice = (volume as DiscContent)?.Choice, LacksNames = volume.IsIncomplete };
    }

    private static IReadOnlyList<ListedVolume> VolumesOf(IVolume volume)
    {
        static ListedVolume Summary(TreeSummary tree) => new(
            tree.Volume.Format,
            tree.Volume.VolumeName,
            tree.Volume.SessionStart,
            tree.Origin,
            tree.Volume.Entries.Count(entry => entry.Kind == EntryKind.File),
            tree.FilesBeside);
        return volume is DiscContent content ? [.. content.Trees.Select(Summary)] : [];
    }

    private static string? RawNameOf(FileEntry entry, string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var raw = entry.RawName.Span;
        return raw.IsEmpty || Holds(raw, name, Encoding.UTF8) || Holds(raw, name, Encoding.BigEndianUnicode)
            ? null
            : Convert.ToHexStringLower(raw);
    }

    /// <returns>True where the bytes are the name, with no more beside it than a version number or a mark of the character size.</returns>
    private static bool Holds(ReadOnlySpan<byte> raw, ReadOnlySpan<char> name, Encoding encoding)
    {
        Span<byte> encoded = stackalloc byte[MaxNameBytes];
        return encoding.TryGetBytes(name, encoded, out var length)
            && raw.Length - length <= MaxBesideName
            && raw.IndexOf(encoded[..length]) >= 0;
    }
}
