using System.Text;
using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.CloneCd;
using CdBackuper.Media.Images.Cue;

namespace CdBackuper.Tests.Images;

/// <summary>Reads sheets as tests write them.</summary>
internal static class Sheets
{
    /// <summary>Reads a cue sheet and lays it out.</summary>
    /// <param name="text">The sheet.</param>
    /// <param name="log">What was wrong.</param>
    /// <param name="lengths">By file name; a file that is not in it is missing.</param>
    public static ImageLayout Cue(string text, out SheetLog log, params (string Name, long Length)[] lengths)
    {
        log = new();
        return Lay(CueSheet.Read(Encoding.UTF8.GetBytes(text), log), log, lengths);
    }

    /// <inheritdoc cref="Cue"/>
    public static ImageLayout Toc(string text, out SheetLog log, params (string Name, long Length)[] lengths)
    {
        log = new();
        return Lay(TocSheet.Read(Encoding.UTF8.GetBytes(text), log), log, lengths);
    }

    /// <inheritdoc cref="Cue"/>
    public static ImageLayout CloneCd(string text, out SheetLog log, long length)
    {
        log = new();
        return Lay(CloneCdSheet.Read(Encoding.UTF8.GetBytes(text), "disc.img", log), log, [("disc.img", length)]);
    }

    /// <returns>"1 Mode1 0-199 @0/2352", tracks apart by semicolons; with the session where there are several.</returns>
    public static string Describe(ImageLayout layout) => string.Join("; ", layout.Tracks.Select(track =>
        $"{(layout.SessionCount > 1 ? $"s{track.Session} " : "")}{track.Number} {track.Kind} {track.Start}-{track.End}"
        + string.Concat(track.Runs.Select(run => $" @{run.Offset}/{run.Stride}{(run.File > 0 ? $" f{run.File}" : "")}"))));

    private static ImageLayout Lay(IImageSheet sheet, SheetLog log, (string Name, long Length)[] lengths) => log.Fatal is not null
        ? new("", [])
        : sheet.Lay([.. sheet.FileNames.Select(name => lengths.Where(file => file.Name == name).Select(file => (long?)file.Length).FirstOrDefault())], log);
}
