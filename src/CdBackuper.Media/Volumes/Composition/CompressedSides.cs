using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>
/// Compressed files on the other sides of a disc. Only Rock Ridge says that they are (its ZF entry); UDF and the Macintosh's side name them as they
/// are stored. They have the content here that they decode to, so that all sides agree, and whichever becomes the disc's.
/// </summary>
internal static class CompressedSides
{
    /// <param name="source">The disc.</param>
    /// <param name="volumes">All of its volumes.</param>
    /// <returns>The volumes; the same list where no ISO 9660 volume has a compressed file.</returns>
    public static List<IVolume> Decode(ISectorSource source, List<IVolume> volumes)
    {
        var known = new Dictionary<(long Start, long Size), FileEntry>();
        foreach (var entry in volumes.SelectMany(volume => volume.Entries))
        {
            if (entry is { Encoded: not null, StoredPlace: { } place })
            {
                known.TryAdd(place, entry);
            }
        }

        return known.Count == 0 ? volumes
            : [.. volumes.Select(volume => volume is Volume { Kind: not FileSystemKind.Iso9660 } side ? Decode(new(source), side, known) : volume)];
    }

    private static Volume Decode(DiscReader disc, Volume side, Dictionary<(long Start, long Size), FileEntry> known)
    {
        // What Rock Ridge knows needs no look; of what it does not name the file's own header tells.
        var structures = new List<ByteRange>();
        var decoded = UntoldZisofs.Decode(
            disc,
            [.. side.Entries.Select(entry => entry is { Kind: EntryKind.File, Preamble.IsEmpty: true, StoredPlace: { } place } && known.TryGetValue(place, out var same)
                ? entry with { Size = same.Size, Extents = same.Extents, Encoded = same.Encoded }
                : entry)],
            structures);
        return side with { Entries = WithParents(side.Entries, decoded), Structures = side.Structures.Union(ByteSet.Of(structures)) };
    }

    /// <summary>A stream lies below its file.</summary>
    private static List<FileEntry> WithParents(IReadOnlyList<FileEntry> before, List<FileEntry> decoded)
    {
        var copies = new Dictionary<FileEntry, FileEntry>();
        for (var index = 0; index < decoded.Count; index++)
        {
            if (decoded[index].Parent is { } parent && copies.TryGetValue(parent, out var copy))
            {
                decoded[index] = decoded[index] with { Parent = copy };
            }

            if (decoded[index] != before[index])
            {
                copies.Add(before[index], decoded[index]);
            }
        }

        return decoded;
    }
}
