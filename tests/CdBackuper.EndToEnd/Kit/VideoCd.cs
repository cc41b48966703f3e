using CdBackuper.Tests.Images;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>A Video CD, made by vcdimager from a film of noise.</summary>
internal static class VideoCd
{
    /// <summary>Where the film's track and file begin.</summary>
    public const int FirstSector = 450;

    /// <summary>Writes <c>disc.cue</c> and <c>disc.bin</c> into the bench's folder.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="packs">How long the film is, in sectors.</param>
    /// <returns>The film. On the disc there are 30 empty sectors before and 45 behind it.</returns>
    public static byte[] Make(Bench bench, int packs)
    {
        var film = MadeFilm.Make(packs);
        bench.Folder.Write("film.mpg", film);
        Tool.Script("cd \"$1\" && vcdimager -q -t vcd2 -l HOLIDAY -c disc.cue -b disc.bin film.mpg", bench.Folder.Path);
        return film;
    }
}
