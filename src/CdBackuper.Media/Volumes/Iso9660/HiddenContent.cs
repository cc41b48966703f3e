using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Finds what another tree of a volume names and the chosen one does not: discs for several systems hide what is of no use to
/// one of them (mkisofs -hide, -hide-joliet). Most discs hide nothing, so that no more than places is looked at first.
/// </summary>
internal sealed class HiddenContent
{
    private readonly DiscReader disc;
    private readonly HashSet<long> starts = [];
    private readonly TreeWalk chosen;
    private ByteSet? content;

    public HiddenContent(DiscReader disc, TreeWalk chosen)
    {
        this.disc = disc;
        this.chosen = chosen;
        foreach (var entry in chosen.Entries)
        {
            if (entry.StoredPlace is { } place)
            {
                starts.Add(place.Start);
            }
        }
    }

    /// <param name="tree">The other tree, not walked yet.</param>
    /// <param name="unread">The first of its directories' sectors that can't be read, or that holds no directory; null where all are sound.</param>
    /// <returns>True as soon as a file with content is met that lies where no file of the chosen tree does.</returns>
    public bool IsIn(VolumeDescriptor tree, out long? unread)
    {
        unread = null;
        if (tree.Root is not { } root)
        {
            return false;
        }

        var flaws = new DamageLog(); // the tree is only looked at: what is wrong with it matters when it is walked
        var (visited, pending) = (new HashSet<long> { root.Start }, new Queue<ByteRange>([root]));
        var bytesRead = 0L;
        while (pending.TryDequeue(out var directory) && bytesRead <= disc.LengthBytes && visited.Count < IsoLimits.Entries)
        {
            var cursor = new DirectoryCursor(disc, directory, tree.IsHighSierra, flaws);
            var hasSelf = false;
            while (cursor.MoveNext())
            {
                var record = cursor.Current;
                hasSelf |= record.IsSelf;
                if (record.IsSelf || record.IsParent)
                {
                    continue;
                }

                var place = record.DataRange(tree.BlockSize);
                if (!record.IsDirectory)
                {
                    if (place.Length > 0 && place.End <= disc.LengthBytes && !IsKnown(place))
                    {
                        return true;
                    }
                }
                else if (place.Length > 0 && visited.Add(place.Start))
                {
                    pending.Enqueue(place);
                }
            }

            bytesRead += cursor.BytesRead;
            unread ??= cursor.IsIncomplete || !hasSelf ? directory.Start / Sector.Size : null;
        }

        return false;
    }

    /// <param name="tree">The other tree, walked by now.</param>
    /// <param name="folder">Takes its files that lie where none of the chosen tree's does.</param>
    public void Take(TreeWalk tree, BesideFolder folder)
    {
        foreach (var file in tree.Entries)
        {
            // What a third tree names as well is taken once.
            if (file.Extents is [var first, ..] && !IsKnown(first.Stored) && starts.Add(first.Start))
            {
                folder.Add(file);
            }
        }
    }

    /// <summary>A further section of a file begins where no file does.</summary>
    private bool IsKnown(ByteRange place) =>
        starts.Contains(place.Start)
        || (content ??= ByteSet.Of(chosen.Entries.SelectMany(entry => entry.Extents ?? []).Select(run => run.Stored)))
            .Contains(new ByteRange(place.Start, 1));
}
