using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Finds the anchors of a session: at sector 256, at the last one, 256 before it (ECMA-167 3/8.4.2.1), and at 512,
/// which
/// UDF 2.50 §2.2.3 allows as a stand-in while a disc is not closed.
/// </summary>
internal static class AnchorSearch
{
    private const int FirstAnchor = 256;
    private const int SecondAnchor = 512;

    /// <summary>
    /// Where the anchor of a disc with sectors of another length lies, in units of 2048 bytes: sector 256 of 512 and
    /// 1024 bytes, sector 512 of 1024, sector 256 of 4096, and sector 512 of 4096 bytes.
    /// </summary>
    private static readonly long[] OtherSizes = [64, 128, 512, 1024];

    /// <summary>
    /// Blocks that a drive may count though nothing was written there: run-out (2), a gap (150), both.
    /// </summary>
    private static readonly long[] RunOuts = [0, 2, 150, 152];

    /// <returns>True where a session's first anchor can be read.</returns>
    public static bool IsAt(DiscReader disc, long session) => At(disc, session + FirstAnchor).Any();

    /// <param name="disc">The disc.</param>
    /// <param name="session">The session's first sector, where addresses may begin anew (UDF 1.50 §6.11).</param>
    /// <param name="end">The sector behind the session's last.</param>
    /// <returns>
    /// The anchors in the order in which they should be tried, found as they are asked for. On a disc that has none, a
    /// dozen sectors are read.
    /// </returns>
    public static IEnumerable<Anchor> Find(DiscReader disc, long session, long end)
    {
        foreach (var anchor in At(disc, session + FirstAnchor))
        {
            yield return anchor;
        }

        var recognised = RecognitionSequence.Read(disc, session);
        var others = session == 0 || recognised == Recognition.Present ? OtherSizes : [SecondAnchor];
        IEnumerable<long> tail = [end - 1, end - 1 - FirstAnchor];
        if (recognised != Recognition.None)
        {
            tail = RunOuts.SelectMany(runOut => new[] { end - 1 - runOut, end - 1 - runOut - FirstAnchor });
        }

        // the last sector's number and that 256 before it, for sectors of 4096, 1024 and 512 bytes
        tail = session == 0 ? tail.Concat([end - 2, end - 514, end - 129, end - 65]) : tail;
        var places = others.Select(sector => session + sector).Concat(tail);
        foreach (var anchor in places.SelectMany(sector => At(disc, sector)))
        {
            yield return anchor;
        }

        if (recognised == Recognition.None)
        {
            yield break;
        }

        foreach (var (sector, bytes) in BackwardScan.Run(disc, Math.Max(session, end - UdfLimits.SearchedSectors), end))
        {
            foreach (var anchor in In(bytes, sector))
            {
                yield return anchor;
            }
        }
    }

    private static IEnumerable<Anchor> At(DiscReader disc, long sector) =>
        sector > 0 && disc.ReadSector(sector) is { } bytes ? In(bytes, sector) : [];

    private static IEnumerable<Anchor> In(byte[] bytes, long sector) =>
        Enumerable.Range(0, Sector.Size / Anchor.Length).Select(index => index * Anchor.Length)
            .SelectMany(offset => Anchor.Read(bytes.AsSpan(offset), (sector * Sector.Size) + offset));
}
