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
        if (iso is not null && udf is not null)
        {
            var (main, other, reason) = OfBridge(iso, udf);
            return new(main, LostPlaces.FillIn(main, other), reason);
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

        var (isoFiles, udfFiles) = (CountFiles(iso), CountFiles(udf));
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

    /// <summary>Files with content, found or not: mkisofs lists links and devices as empty files on its UDF side.</summary>
    private static int CountFiles(IVolume volume) =>
        volume.Entries.Count(entry => entry is { Kind: EntryKind.File } and ({ Size: > 0 } or { Extents: null }));
}
