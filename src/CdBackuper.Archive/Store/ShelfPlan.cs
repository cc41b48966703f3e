using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Decides, from what the archive holds and what the image now shows, how each file gets no worse and where possible
/// better. Decides only: no file is touched.
/// </summary>
public static class ShelfPlan
{
    /// <param name="previous">The listing of the attempts before.</param>
    /// <param name="found">What this attempt's image shows.</param>
    /// <param name="isInPlace">True where a file of the previous listing lies in the archive at its right length.</param>
    /// <param name="names">What names the archive's file system takes; null for Linux's.</param>
    /// <returns>A step for every entry found, in order, then one for each that only the previous listing has.</returns>
    public static IReadOnlyList<ShelfStep> Decide(
        Listing previous, Listing found, Func<ListedEntry, bool> isInPlace, NameRules? names = null)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(isInPlace);
        var decision = new Decision(previous, found, isInPlace, names ?? NameRules.Linux);
        var steps = new List<ShelfStep>(found.Entries.Count);
        steps.AddRange(found.Entries.Select(decision.Of));

        // A reading without gaps is the truth about names; what only an earlier, poorer one had stays while it has bytes, or nothing is
        // known by another name that it could be.
        var left = previous.Entries.Where(entry => !decision.IsMatched(entry));
        var places = found.Files.Where(entry => entry.Extents is [_, ..]).ToLookup(entry => entry.Extents![0].Start);
        steps.AddRange(left
            .Where(entry => IsOfDisc(entry, found, isCompared: previous.VolumeFormat is not null)
                || (entry.Kind == EntryKind.File && found.UnreadStructureSectors > 0 && TwinOf(entry, places) is null))
            .Select(entry => Left(entry, places, isInPlace)));
        return steps;
    }

    /// <summary>Of a file that is known by another name now, such as the one in the disc's own tree, this copy gets better as well.</summary>
    private static ShelfStep Left(ListedEntry entry, ILookup<long, ListedEntry> places, Func<ListedEntry, bool> isInPlace)
    {
        var twin = entry is { Sha256: not null, Condition: not FileCondition.Perfect } ? TwinOf(entry, places) : null;
        var now = entry with { Lost = twin?.Lost ?? entry.Lost, Unverified = ByteSet.Empty, Sha256 = null };
        return twin is null ? new(entry, ShelfAction.Keep)
            : entry.Unverified.IsEmpty ? Better(entry, now, isInPlace(entry))
            : Fresh(now) with { Doubted = entry.Unverified.Union(entry.Lost) };
    }

    private static ListedEntry? TwinOf(ListedEntry entry, ILookup<long, ListedEntry> places) =>
        entry.Extents is [var first, ..] ? places[first.Start].FirstOrDefault(entry.IsSameContent) : null;

    /// <returns>False where only a predecessor's folder had such a file, and the disc, all names of which were read, has none.</returns>
    private static bool IsOfDisc(ListedEntry entry, Listing found, bool isCompared) => entry.Sha256 is not null
        && (found.UnreadStructureSectors > 0 || found.LacksNames || (isCompared && (entry.Unverified.IsEmpty || entry.Extents is not null)));

    private static ShelfStep Fresh(ListedEntry entry) =>
        entry.Kind == EntryKind.File && entry.Condition != FileCondition.Lost
            ? new(entry, ShelfAction.Write, FromImage: entry)
            : new(entry, ShelfAction.Keep);

    private static ShelfStep Better(ListedEntry before, ListedEntry entry, bool isInPlace)
    {
        if (entry.Kind == EntryKind.Stream)
        {
            return new(entry with { Lost = before.Lost.Intersect(entry.Lost) }, ShelfAction.Keep);
        }

        if (entry.Kind != EntryKind.File || !isInPlace)
        {
            return Fresh(entry);
        }

        var lost = before.Lost.Intersect(entry.Lost);
        var result = entry with { Lost = lost, Extents = entry.Extents ?? before.Extents };
        return lost.TotalLength == before.Lost.TotalLength
            ? new(result with { Sha256 = before.Sha256 }, ShelfAction.Keep)
            : new(
                result,
                lost.TotalLength == entry.Lost.TotalLength ? ShelfAction.Write : ShelfAction.Merge,
                FromImage: entry,
                Previous: before);
    }

    /// <summary>Decides for one entry after the other, in the disc's order.</summary>
    private sealed class Decision
    {
        private readonly Listing previous;
        private readonly Func<ListedEntry, bool> isInPlace;
        private readonly NameRules names;
        private readonly Dictionary<string, ListedEntry> known;
        private readonly HashSet<string> used;
        private readonly HashSet<string> matched;
        private readonly KindClashes clashes;

        public Decision(Listing previous, Listing found, Func<ListedEntry, bool> isInPlace, NameRules names)
        {
            (this.previous, this.isInPlace, this.names, clashes) = (previous, isInPlace, names, new(previous, names.Comparer));
            (known, matched) = (new(names.Comparer), new(names.Comparer));
            used = new(found.Entries.Select(entry => entry.Path), names.Comparer);
            foreach (var entry in previous.Entries)
            {
                known.TryAdd(entry.Path, entry);
            }
        }

        /// <returns>True for an entry of the previous listing that one of the disc's is.</returns>
        public bool IsMatched(ListedEntry entry) => matched.Contains(entry.Path);

        public ShelfStep Of(ListedEntry shown)
        {
            var entry = clashes.Follow(shown);
            if (clashes.IsInTheWay(entry))
            {
                return Beside(shown, entry);
            }

            if (!known.TryGetValue(entry.Path, out var before))
            {
                return Fresh(entry);
            }

            if (!before.Unverified.IsEmpty || previous.VolumeFormat is null)
            {
                // What lies in the archive is compared with the disc as if nothing were known of the doubted bytes: of all, where it has another
                // length, or was never compared with any disc.
                matched.Add(before.Path);
                var isKnownInPart = previous.VolumeFormat is not null && before.Size == entry.Size;
                return Fresh(entry) with { Doubted = isKnownInPart ? before.Unverified.Union(before.Lost) : null };
            }

            if (before.IsSameContent(entry))
            {
                matched.Add(before.Path);
                return Better(before, entry, before.Sha256 is not null && isInPlace(before));
            }

            if (before.Sha256 is null)
            {
                // Only a name was known; this attempt knows better what it stands for.
                matched.Add(before.Path);
                return Fresh(entry);
            }

            return Beside(shown, entry);
        }

        private ShelfStep Beside(ListedEntry shown, ListedEntry entry)
        {
            var beside = entry with { Path = PathBeside(entry) };
            matched.Add(beside.Path);
            clashes.Moved(shown, beside.Path);
            return known.TryGetValue(beside.Path, out var earlier)
                ? Better(earlier, beside, earlier.Sha256 is not null && isInPlace(earlier))
                : Fresh(beside);
        }

        /// <returns>The name that an earlier attempt gave this other content of the same path; else one that is free.</returns>
        private string PathBeside(ListedEntry entry)
        {
            var (folder, name) = (entry.Path[..(entry.Path.LastIndexOf('/') + 1)], entry.Path[(entry.Path.LastIndexOf('/') + 1)..]);
            for (var count = 2; ; count++)
            {
                var candidate = folder + EntryPaths.Numbered(name, count, entry.Kind == EntryKind.Directory, names.MaxBytes);
                if ((!known.TryGetValue(candidate, out var earlier) || earlier.IsSameContent(entry)) && used.Add(candidate))
                {
                    return candidate;
                }
            }
        }
    }
}
