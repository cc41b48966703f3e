namespace CdBackuper.Media.Volumes.Composition;

/// <summary>Decides which volume's tree is the disc's.</summary>
/// <param name="Main">The chosen volume.</param>
/// <param name="MainEntries">Its entries, those whose place it lost filled in from another side that knows it.</param>
/// <param name="Reason">Why, for people; null where there was nothing to choose.</param>
internal sealed record MainChoice(IVolume Main, IReadOnlyList<FileEntry> MainEntries, string? Reason)
{
    public static MainChoice Of(IReadOnlyList<IVolume> volumes)
    {
        var (iso, udf) = (LastOf(volumes, FileSystemKind.Iso9660), LastOf(volumes, FileSystemKind.Udf));
        if (iso is not null && udf is not null && (AgeOf(volumes, iso) == AgeOf(volumes, udf) || HaveSameFiles(iso, udf)))
        {
            var (main, other, reason) = OfBridge(iso, udf);
            return new(main, LostPlaces.FillIn(main, other), reason);
        }

        if (iso is not null && udf is not null)
        {
            var (newer, older) = AgeOf(volumes, iso) > AgeOf(volumes, udf) ? (iso, udf) : (udf, iso);
            return new(newer, newer.Entries, $"the last session, of {newer.Format}; an earlier one has {older.Format}");
        }

        var single = iso ?? udf ?? volumes[0];
        var sessions = volumes.Where(volume => volume.Kind == single.Kind && (iso ?? udf) is not null).ToArray();
        var isLast = sessions.Length > 1 && single == sessions[^1];
        return new(single, single.Entries, volumes.Count == 1 ? null
            : sessions.Length == 0 ? $"the first of {volumes.Count} volumes"
            : isLast ? $"the last of {sessions.Length} sessions"
            : sessions.Length > 1 ? "the last session whose tree can be read"
            : $"the side that every computer reads; the disc has {volumes.Count} file systems");
    }

    /// <summary>The last session is the disc as its owner last left it; one whose tree is gone altogether is not.</summary>
    private static IVolume? LastOf(IReadOnlyList<IVolume> volumes, FileSystemKind kind)
    {
        var sessions = volumes.Where(volume => volume.Kind == kind).ToArray();
        return sessions.LastOrDefault(IsOfUse) ?? sessions.LastOrDefault();
    }

    /// <summary>
    /// The first sector of its session. The newest session of an overwritable medium may have its descriptors at the disc's head alone: the list
    /// has them last.
    /// </summary>
    private static long AgeOf(IReadOnlyList<IVolume> volumes, IVolume volume) =>
        volumes.Where(other => other.Kind == volume.Kind).TakeWhile(other => other != volume).Append(volume).Max(session => session.SessionStart);

    /// <summary>A packet writer that closes a disc for other readers names all of it once more, in a session of ISO 9660 and with shorter names.</summary>
    private static bool HaveSameFiles(IVolume iso, IVolume udf)
    {
        static HashSet<(long Start, long Size)> Places(IVolume volume) =>
            [.. volume.Entries.Where(entry => entry.Kind == EntryKind.File).Select(entry => entry.StoredPlace).OfType<(long Start, long Size)>()];
        return Places(iso) is { Count: > 0 } places && places.SetEquals(Places(udf));
    }

    private static bool IsOfUse(IVolume session) => session.Entries.Count > 0 || !session.IsIncomplete;

    /// <summary>A bridge disc holds one set of files in two file systems (UDF 1.02 §6; ECMA-167 2/8.3.1 lets them share sectors).</summary>
    private static (IVolume Main, IVolume Other, string Reason) OfBridge(IVolume iso, IVolume udf)
    {
        (IVolume, IVolume, string) Udf(string reason) => (udf, iso, reason);
        (IVolume, IVolume, string) Iso(string reason) => (iso, udf, reason);
        if (iso.IsIncomplete != udf.IsIncomplete)
        {
            return iso.IsIncomplete
                ? Udf($"{udf.Format} and {iso.Format}; the latter has lost directories")
                : Iso($"{udf.Format} and {iso.Format}; the former has lost directories");
        }

        var (isoFiles, udfFiles) = (CountFiles(iso, udf), CountFiles(udf, iso));
        if (isoFiles != udfFiles)
        {
            return udfFiles > isoFiles
                ? Udf($"{udf.Format} has {udfFiles} files with content, {iso.Format} {isoFiles}")
                : Iso($"{iso.Format} has {isoFiles} files with content, {udf.Format} {udfFiles}");
        }

        // Rock Ridge keeps modes and links that few writers put on the UDF side.
        return iso.Format.Contains("Rock Ridge", StringComparison.Ordinal)
            ? Iso($"{iso.Format} and {udf.Format} have {isoFiles} files each; the former says more of them")
            : Udf($"{udf.Format} and {iso.Format} have {isoFiles} files each; the former says more of them");
    }

    /// <summary>
    /// Files with content: mkisofs lists links and devices as empty files on its UDF side. One whose place is lost has some, unless the other
    /// side knows that it has none.
    /// </summary>
    private static int CountFiles(IVolume volume, IVolume other)
    {
        var paths = new TreePaths(volume.Entries);
        var otherPaths = new TreePaths(other.Entries);
        var without = new Lazy<HashSet<string?>>(() =>
            [.. other.Entries.Where(entry => entry is { Kind: not EntryKind.File } or { Size: 0, Extents: not null }).Select(otherPaths.Of)]);
        return volume.Entries.Count(entry => entry is { Kind: EntryKind.File, Size: > 0 }
            || (entry is { Kind: EntryKind.File, Extents: null } && !without.Value.Contains(paths.Of(entry))));
    }
}
