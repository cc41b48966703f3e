using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images.Bare;

/// <summary>An image without description whose own bytes tell that it is no plain one.</summary>
public sealed class BareSheet : IImageSheet
{
    private readonly string format;
    private readonly IReadOnlyList<ImageTrack> tracks;

    private BareSheet(string format, IReadOnlyList<ImageTrack> tracks)
    {
        this.format = format;
        this.tracks = tracks;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = [""];

    /// <param name="file">The whole image.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the sheet is of no use.</param>
    /// <returns>Null for a plain image of 2048-byte sectors, and for anything else.</returns>
    public static BareSheet? TryRead(IByteSource file, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(log);
        var stride = RawProbe.FindStride(file);
        if (stride > 0)
        {
            return new($"raw, {stride} bytes a sector", FindTracks(new(file, 0, stride), file, stride, log));
        }

        if (!RawProbe.IsFromSubHeaders(file))
        {
            return null;
        }

        const int Stride = 2336;
        var count = file.LengthBytes / Stride;
        return new(
            $"raw, {Stride} bytes a sector",
            [new(1, 1, TrackKind.Mode2, 0, count, [new(0, count, 0, 0, Stride, SectorBody.FromSubHeader)])]);
    }

    /// <inheritdoc/>
    public ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log) => new(format, tracks);

    private static List<ImageTrack> FindTracks(HeaderSurvey survey, IByteSource file, int stride, SheetLog log)
    {
        var tracks = new List<ImageTrack>();
        var (next, session) = (0L, 1);
        foreach (var part in survey.FindParts())
        {
            var start = part.Begin + (part.Shift ?? (next - part.Begin));
            var (begin, count) = (part.Begin, part.End - part.Begin);
            if (start < 0)
            {
                // the pause before the first track, which has negative addresses
                (begin, count, start) = (begin - start, count + start, 0);
            }

            if (count <= 0 || start < next || start > SheetLimits.MaxSectors || tracks.Count >= SheetLimits.MaxTrack)
            {
                log.Note(0, $"its sectors from {part.Begin} on have addresses that no disc has in this order; they are passed over");
                continue;
            }

            session += tracks.Count > 0 && start > next ? 1 : 0;
            var kind = part.Shift is null ? TrackKind.Sound : part.Mode == 2 ? TrackKind.Mode2 : TrackKind.Mode1;
            next = start + count;
            tracks.Add(new(tracks.Count + 1, session, kind, start, next,
                [new(start, count, 0, begin * stride, stride, part.Shift is null ? SectorBody.Sound : SectorBody.Whole)]));
        }

        if (tracks.TrueForAll(track => !track.IsData) && IsScrambled(file, stride))
        {
            log.Fail(0, "its data is scrambled as on the disc's surface; this version does not unscramble it");
        }

        return tracks;
    }

    private static bool IsScrambled(IByteSource file, int stride)
    {
        Span<byte> start = stackalloc byte[RawSector.BodyOffset];
        for (var sector = 0; sector < 64 && (sector * (long)stride) + stride <= file.LengthBytes; sector++)
        {
            if (file.TryRead(sector * (long)stride, start) && RawSector.IsScrambled(start))
            {
                return true;
            }
        }

        return false;
    }
}
