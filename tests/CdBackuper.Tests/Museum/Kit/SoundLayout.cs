using CdBackuper.Media.Images;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Museum;

/// <summary>What must be true of the description of an image, whatever it says.</summary>
internal static class SoundLayout
{
    private const int MostProblems = 60;
    private const int MostTracks = 99;
    private const int MostStride = 4096;
    private const long MostOffset = 1L << 40;
    private const long MostSectors = 1L << 27;

    /// <returns>The disc's sectors; null where the description is refused.</returns>
    public static TrackSectors? Check(IImageSheet sheet, IReadOnlyList<IByteSource?> files, SheetLog log)
    {
        foreach (var name in sheet.FileNames)
        {
            var safe = SheetFileName.BaseNameOf(name);
            Require(safe is null || (safe is not ("" or "." or "..") && !safe.AsSpan().ContainsAny("/\\\0")), $"a file is called '{safe}'");
        }

        var layout = log.Fatal is null ? sheet.Lay([.. files.Select(file => file?.LengthBytes)], log) : null;
        layout = layout is null || log.Fatal is not null ? null : LayoutAnchor.Apply(layout, files, log);
        Require(log.Problems.Count <= MostProblems, $"{log.Problems.Count} problems");
        if (layout is null || log.Fatal is not null)
        {
            return null;
        }

        Require(layout.Tracks.Count <= MostTracks, $"{layout.Tracks.Count} tracks");
        foreach (var track in layout.Tracks)
        {
            Require(track.Start >= 0 && track.Start <= track.End && track.End <= MostSectors, $"the track {track} lies on no disc");
            foreach (var run in track.Runs)
            {
                // Past the file's end is allowed: an image may be cut short, and those sectors are then unreadable.
                Require(
                    run is { Count: > 0 and <= MostSectors, Offset: >= 0 and <= MostOffset, Stride: > 0 and <= MostStride } && run.File < files.Count,
                    $"the run {run} lies nowhere");
            }
        }

        _ = layout.ToToc();
        return new(layout, files);
    }

    private static void Require(bool isSound, string flaw)
    {
        if (!isSound)
        {
            throw new UnsoundException(flaw);
        }
    }
}
