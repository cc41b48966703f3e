using System.Globalization;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images.CloneCd;

/// <summary>
/// A CloneCD description: the raw table of contents of each session as sections of <c>name=value</c>. Its image has the
/// description's own name with <c>.img</c>, all tracks of all sessions one after the other in sectors of 2352 bytes. Some
/// programs write out what lies between two sessions too; such an image is as long as the disc.
/// </summary>
public sealed class CloneCdSheet : IImageSheet
{
    private const int LeadOutPoint = 0xA2;
    private const int DataBit = 4;
    private readonly IReadOnlyList<TocPoint> points;
    private readonly IReadOnlyDictionary<int, int> modes;

    private CloneCdSheet(IReadOnlyList<TocPoint> points, IReadOnlyDictionary<int, int> modes, string imageName)
    {
        this.points = points;
        this.modes = modes;
        FileNames = [imageName];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; }

    /// <param name="bytes">The whole file.</param>
    /// <param name="imageName">The description's own name, with .img for its extension.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the sheet is of no use.</param>
    public static CloneCdSheet Read(ReadOnlySpan<byte> bytes, string imageName, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var points = new List<TocPoint>();
        var modes = new Dictionary<int, int>();
        if (SheetText.TryDecode(bytes, log, out var text))
        {
            foreach (var section in Section.Read(text, log))
            {
                Take(section, points, modes, log);
            }

            if (log.Fatal is null && !points.Exists(point => point.IsTrack))
            {
                log.Fail(0, "it names no track");
            }
        }

        return new(points, modes, imageName);
    }

    /// <inheritdoc/>
    public ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(log);
        if (lengths[0] is not { } length)
        {
            log.Fail(0, $"{SheetLog.Quote(FileNames[0])} is not beside the sheet");
            return new("CCD", []);
        }

        var tracks = new List<ImageTrack>();
        var offset = 0L;
        var ordered = points.Where(point => point.IsTrack).OrderBy(point => point.Session).ThenBy(point => point.Point).ToArray();
        var hasGaps = LeadOutOf(ordered[^1].Session) is { } discEnd && length / RawSector.Size >= discEnd - ordered[0].Sector;
        for (var index = 0; index < ordered.Length && log.Fatal is null; index++)
        {
            var point = ordered[index];
            var isLastOfSession = index + 1 == ordered.Length || ordered[index + 1].Session != point.Session;
            var end = isLastOfSession ? LeadOutOf(point.Session) ?? EndByFile(point, offset, length) : ordered[index + 1].Sector;
            if (end < point.Sector || end > SheetLimits.MaxSectors || point.Sector < 0)
            {
                log.Fail(point.Line, $"track {point.Point} begins at sector {point.Sector} and ends at {end}");
                break;
            }

            var kind = (point.Control & DataBit) == 0 ? TrackKind.Sound
                : modes.GetValueOrDefault(point.Point) == 2 ? TrackKind.Mode2 : TrackKind.Mode1;
            var count = end - point.Sector;
            offset += hasGaps && tracks is [.., var before] ? Math.Max(0, point.Sector - before.End) * RawSector.Size : 0;
            tracks.Add(new(point.Point, point.Session, kind, point.Sector, end, count == 0 ? [] :
            [
                new(point.Sector, count, 0, offset, RawSector.Size, kind == TrackKind.Sound ? SectorBody.Sound : SectorBody.Whole),
            ]));
            offset += count * RawSector.Size;
        }

        return new("CCD", tracks);
    }

    private long? LeadOutOf(int session) =>
        points.FirstOrDefault(point => point.Point == LeadOutPoint && point.Session == session)?.Sector;

    private static long EndByFile(TocPoint point, long offset, long length) =>
        point.Sector + Math.Max(0, (length - offset) / RawSector.Size);

    private static void Take(Section section, List<TocPoint> points, Dictionary<int, int> modes, SheetLog log)
    {
        if (section.Name.Equals("Disc", StringComparison.OrdinalIgnoreCase) && section.Number("DataTracksScrambled") is > 0)
        {
            log.Fail(section.Line, "its data is scrambled as on the disc's surface; this version does not unscramble it");
        }
        else if (section.Name.StartsWith("Entry ", StringComparison.OrdinalIgnoreCase))
        {
            if (section.Number("Session") is not (>= 1 and <= SheetLimits.MaxTrack and var session)
                || section.Number("Point") is not { } point || AddressOf(section) is not { } sector)
            {
                log.Note(section.Line, $"[{section.Name}] has no session, point or address; it is passed over");
            }
            else if (points.Count < 4 * SheetLimits.MaxTrack && !points.Exists(known => known.Point == point && known.Session == session))
            {
                points.Add(new(session, point, section.Number("Control") ?? 0, sector, section.Line));
            }
        }
        else if (section.Name.StartsWith("TRACK ", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(section.Name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= SheetLimits.MaxTrack && section.Number("MODE") is { } mode)
        {
            modes[number] = mode;
        }
    }

    private static int? AddressOf(Section section) => section.Number("PLBA") is { } address ? address
        : section.Number("PMin") is >= 0 and <= 99 and var minutes && section.Number("PSec") is >= 0 and <= 59 and var seconds
            && section.Number("PFrame") is >= 0 and <= 74 and var frames
            ? (((minutes * 60) + seconds) * 75) + frames - RawSector.FirstFrame : null;

    /// <param name="Session">From 1.</param>
    /// <param name="Point">1 … 99 for a track, 0xA2 for the lead-out (ECMA-130 §22.3.4).</param>
    /// <param name="Control">Bit 2 for data.</param>
    /// <param name="Sector">Absolute on the disc.</param>
    /// <param name="Line">For messages.</param>
    private sealed record TocPoint(int Session, int Point, int Control, int Sector, int Line)
    {
        public bool IsTrack => Point is >= 1 and <= SheetLimits.MaxTrack;
    }
}
