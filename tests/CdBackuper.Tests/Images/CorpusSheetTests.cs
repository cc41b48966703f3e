using System.Globalization;
using System.Text.RegularExpressions;
using CdBackuper.Media.Images;
using CdBackuper.Media.Images.Cdrdao;
using CdBackuper.Media.Images.Cue;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Images;

/// <summary>Sheets that nobody here wrote, with what cdrdao and cd-info say of them.</summary>
public sealed partial class CorpusSheetTests
{
    private const string NoCorpus = "the corpus does not lie beside the repository";

    public static TheoryData<string> TocFiles => [.. CorpusFolder.Find("peer", "*.toc").DefaultIfEmpty("")];

    public static TheoryData<string> PeerCues => [.. CorpusFolder.Find("peer", "*.cue").DefaultIfEmpty("")];

    public static TheoryData<string> HostileCues => [.. CorpusFolder.Find("hostile", "*.cue").DefaultIfEmpty("")];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(TocFiles))]
    public void A_toc_file_is_laid_out_as_cdrdao_does(string name)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, NoCorpus);
        var log = new SheetLog();
        var path = Path.Combine(CorpusFolder.Images!, name);
        var sheet = TocSheet.Read(File.ReadAllBytes(path), log);
        Assert.Null(log.Fatal);
        var layout = sheet.Lay([.. sheet.FileNames.Select(_ => (long?)null)], log);

        var judge = File.ReadAllText(path + ".expect/cdrdao-show-toc.txt");
        if (!judge.StartsWith("# rc=0", StringComparison.Ordinal))
        {
            // cdrdao 1.2.4 knows no ENCODING in CD-TEXT; newer ones do
            Assert.Equal("cdrdao-3encodings.toc", Path.GetFileName(name));
            Assert.Equal("1 Sound 0-4500; 2 Sound 4500-9000", Sheets.Describe(layout));
            return;
        }

        var expected = TrackPattern().Matches(judge).Select(match => (
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            match.Groups[2].Value != "AUDIO",
            long.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(expected, layout.Tracks.Select(track => (track.Number, track.IsData, track.Start, track.End)));
        Assert.NotEmpty(layout.Tracks);
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(PeerCues))]
    public void A_sheet_of_sound_is_read_to_its_end(string name)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, NoCorpus);
        var log = new SheetLog();
        var path = Path.Combine(CorpusFolder.Images!, name);
        var sheet = CueSheet.Read(File.ReadAllBytes(path), log);
        if (Path.GetFileName(name) is "libcue-leak.cue" or ['l', 'i', 'b', 'c', 'u', 'e', '-', 'c', 'l', 'u', 's', 't', 'e', 'r', ..])
        {
            // findings of a fuzzer: one asterisk; a track 3 behind track 33
            Assert.NotNull(log.Fatal);
            return;
        }

        Assert.Null(log.Fatal);
        var layout = sheet.Lay([.. sheet.FileNames.Select(_ => (long?)(600 * 1024 * 1024))], log);
        var expected = CueTrackPattern().Matches(File.ReadAllText(path)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.Null(log.Fatal);
        Assert.Equal(expected, layout.Tracks.Select(track => track.Number));
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(HostileCues))]
    public void A_hostile_sheet_opens_nothing_but_a_file_beside_it(string name)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, NoCorpus);
        var log = new SheetLog();
        var sheet = CueSheet.Read(File.ReadAllBytes(Path.Combine(CorpusFolder.Images!, name)), log);
        string? why = Path.GetFileNameWithoutExtension(name) switch
        {
            "cue-100-tracks" => "before the index above it", // of track 75: its maker counts frames modulo 75
            "cue-index-overflow" => "no time",
            "cue-index100" => "a track has indexes 0 to 99",
            "cue-long-line" => "longer than",
            "cue-unclosed-quote" => "no closing quotation mark",
            _ => null,
        };
        if (why is not null)
        {
            Assert.Contains(why, log.Fatal?.ToString() ?? "nothing is wrong", StringComparison.Ordinal);
            return;
        }

        Assert.Null(log.Fatal);
        var looked = SheetFileName.BaseNameOf(Assert.Single(sheet.FileNames));
        Assert.Contains(looked, (string[])["passwd", "zero", "nope.bin", "x.bin"]);
    }

    [GeneratedRegex(@"TRACK +(\d+) +Mode (\w+)[^\n]*:\n(?:(?!TRACK)[^\n]*\n)*? +START +[\d:]+\( *(\d+)\)\n(?: +INDEX[^\n]*\n)* +END +[\d:]+\( *(\d+)\)")]
    private static partial Regex TrackPattern();

    [GeneratedRegex(@"^\s*TRACK\s+(\d+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex CueTrackPattern();
}
