using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Images;
using CdBackuper.Tests.Sectors.Raw;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Museum;

/// <summary>Small images in raw sectors, and descriptions of images.</summary>
internal static class SeedSheets
{
    public const string Cue =
        """
        REM SESSION 01
        FILE "a.bin" BINARY
          TRACK 01 MODE1/2352
            INDEX 01 00:00:00
          POSTGAP 00:02:00
          TRACK 02 AUDIO
            TITLE "b"
            PREGAP 00:02:00
            INDEX 00 00:00:49
            INDEX 01 00:01:49
        REM LEAD-OUT 00:05:00
        REM SESSION 02
        FILE b.wav WAVE
          TRACK 03 CDI/2336
            FLAGS DCP
            INDEX 01 00:00:00
        """;

    public const string Toc =
        """
        CD_ROM_XA // x
        CATALOG "1234567890128"
        TRACK MODE1_RAW RW
        DATAFILE "a.bin" 00:00:49
        TRACK AUDIO
        CD_TEXT { LANGUAGE 0 { TITLE "a\"b\101" } }
        PREGAP 00:02:00
        FILE "a.bin" SWAP #82084 0 00:00:40
        START 0:0:7
        TRACK MODE2_FORM2
        ZERO AUDIO RW 4704
        START
        DATAFILE "b.bin" #7
        """;

    public const string Ccd =
        """
        [CloneCD]
        Version=3
        [Disc]
        TocEntries=3
        Sessions=2
        DataTracksScrambled=0
        [Entry 0]
        Session=1
        Point=0xa2
        Control=0x00
        PLBA=100
        [Entry 1]
        Session=1
        Point=0x01
        Control=0x04
        PMin=0
        PSec=2
        PFrame=0
        [Entry 2]
        Session=2
        Point=0x02
        Control=0x04
        PLBA=11700
        [TRACK 2]
        MODE=2
        INDEX 1=11700
        """;

    /// <summary>An ISO 9660 disc in whole sectors of both modes.</summary>
    public static IEnumerable<byte[]> RawFiles()
    {
        var disc = MadeDisc.Make("-R", "-J").Bytes;
        yield return Sectors(disc, (user, address) => RawSectorWriter.Mode1(user, address));
        yield return Sectors(disc, (user, address) => RawSectorWriter.Form1(user, address));
    }

    /// <summary>A Nero image of a data track in each of its two generations.</summary>
    public static IEnumerable<byte[]> NeroFiles()
    {
        var disc = MadeDisc.Make("-J").Bytes;
        var raw = Sectors(disc, (user, address) => RawSectorWriter.Mode1(user, address));
        yield return new NeroImage(isNew: true).Track(disc, 1, 0, Sector.Size, 0).TrackByTrack().ToBytes();
        yield return new NeroImage(isNew: false).Track(raw, 1, 5, RawSectorWriter.Size, 0).Track(new byte[20 * 2352], 2, 7, 2352, 400).AtOnce().ToBytes();
    }

    private static byte[] Sectors(byte[] disc, Func<byte[], long, byte[]> write) => [.. Enumerable.Range(0, disc.Length / Sector.Size)
        .SelectMany(sector => write(disc[(sector * Sector.Size)..((sector + 1) * Sector.Size)], sector))];
}
