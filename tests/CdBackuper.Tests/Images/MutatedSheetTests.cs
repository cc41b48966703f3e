using System.Text;
using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.CloneCd;
using CdBackuper.Media.Images.Cue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Images;

/// <summary>Sheets with characters changed, lines doubled, parts cut: never an exception, never a place that no disc has.</summary>
public sealed class MutatedSheetTests
{
    private const string Cue =
        "REM SESSION 01\nFILE \"a.bin\" BINARY\n TRACK 01 MODE1/2352\n INDEX 01 00:00:00\n POSTGAP 00:02:00\n TRACK 02 AUDIO\n PREGAP 00:02:00\n"
        + " INDEX 00 00:02:49\n INDEX 01 00:04:49\nREM LEAD-OUT 00:05:00\nREM SESSION 02\nFILE b.wav WAVE\n TRACK 03 CDI/2336\n INDEX 01 00:00:00\n";

    private const string Toc =
        "CD_ROM_XA // x\nCATALOG \"1234567890128\"\nTRACK MODE1_RAW RW\nDATAFILE \"a.bin\" 00:02:49\nTRACK AUDIO\nCD_TEXT { LANGUAGE 0 { TITLE \"a\\\"b\\101\" } }\n"
        + "PREGAP 00:02:00\nFILE \"a.bin\" SWAP #820848 0 00:04:00\nSTART 0:0:7\nTRACK MODE2_FORM2\nZERO AUDIO RW 4704\nSTART\nDATAFILE \"b.bin\" #7\n";

    private const string Ccd =
        "[CloneCD]\nVersion=3\n[Disc]\nSessions=2\nDataTracksScrambled=0\n[Entry 0]\nSession=1\nPoint=0xa2\nControl=0\nPLBA=300\n[Entry 1]\nSession=1\nPoint=0x01\n"
        + "Control=0x04\nPMin=0\nPSec=2\nPFrame=0\n[Entry 2]\nSession=2\nPoint=2\nControl=4\nPLBA=11700\n[TRACK 2]\nMODE=2\n";

    [Theory]
    [InlineData(Cue, ".cue")]
    [InlineData(Toc, ".toc")]
    [InlineData(Ccd, ".ccd")]
    public void A_mutated_sheet_is_refused_or_laid_out_on_a_disc(string text, string extension)
    {
        var random = new Random(text.Length);
        var (refused, laid) = (0, 0);
        for (var round = 0; round < 5000; round++)
        {
            var bytes = Mutate(Encoding.UTF8.GetBytes(text), random);
            var log = new SheetLog();
            IImageSheet sheet = extension switch
            {
                ".cue" => CueSheet.Read(bytes, log),
                ".toc" => TocSheet.Read(bytes, log),
                _ => CloneCdSheet.Read(bytes, "a.img", log),
            };
            var files = sheet.FileNames.Select(_ => random.Next(5) == 0 ? null : new MemoryBytes(new byte[random.Next(100_000)])).ToArray();
            var layout = log.Fatal is null ? sheet.Lay([.. files.Select(file => file?.LengthBytes)], log) : null;
            if (log.Fatal is not null || layout is null)
            {
                refused++;
                continue;
            }

            laid++;
            layout = LayoutAnchor.Apply(layout, files, log);
            var sectors = new TrackSectors(layout, files);
            Assert.InRange(sectors.SectorCount, 0, 1 << 26);
            Assert.All(layout.Tracks, track => Assert.True(track.Start >= 0 && track.Start <= track.End && track.Number is > 0 and < 100));
            Assert.All(layout.Tracks.SelectMany(track => track.Runs), run => Assert.True(run.Count > 0 && run.Offset >= 0));
            sectors.TryRead(random.Next(600), new byte[3 * Sector.Size]);
        }

        Assert.True(refused > 100 && laid > 100, $"{refused} refused, {laid} laid out");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var place = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0:
                    changed[place] = (byte)random.Next(256);
                    break;
                case 1:
                    changed[place] = (byte)"0123456789:\"\n #{}-"[random.Next(18)];
                    break;
                case 2:
                    changed.RemoveRange(place, Math.Min(random.Next(20), changed.Count - place));
                    break;
                default:
                    changed.InsertRange(place, changed.GetRange(place, Math.Min(random.Next(60), changed.Count - place)));
                    break;
            }
        }

        return [.. changed];
    }
}
