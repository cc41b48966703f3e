using System.Globalization;

namespace CdBackuper.Media.Images.Cue;

/// <summary>Reads the lines of a cue sheet (CDRWIN User's Guide, "Cuesheet commands"; REM SESSION as IsoBuster and others write it).</summary>
internal sealed class CueParser(SheetLog log)
{
    private readonly List<CueFile> files = [];
    private readonly Dictionary<int, long> leadOuts = [];
    private CueTrack? track;
    private bool hasMark;
    private int session = 1;
    private long gap;

    public CueSheet Parse(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (log.Fatal is not null)
            {
                break;
            }

            var trimmed = line.Trim().TrimStart('\uFEFF');
            if (trimmed.Length > SheetLimits.MaxLine)
            {
                log.Note(number, $"the line is longer than {SheetLimits.MaxLine} characters and is passed over");
            }
            else if (!trimmed.IsEmpty)
            {
                Take(trimmed, number);
            }
        }

        EndTrack();
        if (log.Fatal is null && files.TrueForAll(file => file.Marks.Count == 0))
        {
            log.Fail(0, "it names no track");
        }

        return new(files, leadOuts);
    }

    private void Take(ReadOnlySpan<char> line, int number)
    {
        var word = NextWord(ref line).ToString().ToUpperInvariant();
        switch (word)
        {
            case "FILE":
                TakeFile(line, number);
                break;
            case "TRACK":
                TakeTrack(line, number);
                break;
            case "INDEX":
                TakeIndex(line, number);
                break;
            case "PREGAP":
                TakeGap(line, number, isAfter: false);
                break;
            case "POSTGAP":
                TakeGap(line, number, isAfter: true);
                break;
            case "REM":
                TakeRemark(line);
                break;
            case "CATALOG" or "CDTEXTFILE" or "FLAGS" or "ISRC" or "PERFORMER" or "SONGWRITER" or "TITLE":
                break;
            default:
                log.Note(number, $"{SheetLog.Quote(word)} is no command of a cue sheet; it is passed over");
                break;
        }
    }

    private void TakeFile(ReadOnlySpan<char> rest, int number)
    {
        ReadOnlySpan<char> name, type;
        if (rest.StartsWith("\""))
        {
            var end = rest[1..].IndexOf('"');
            if (end < 0)
            {
                log.Fail(number, "the file's name has no closing quotation mark");
                return;
            }

            name = rest.Slice(1, end);
            type = rest[(end + 2)..].Trim();
        }
        else
        {
            // names with blanks are written without quotation marks too: the last word is the type
            var end = rest.LastIndexOfAny(' ', '\t');
            name = end < 0 ? rest : rest[..end].Trim();
            type = end < 0 ? [] : rest[(end + 1)..];
        }

        if (files.Count >= SheetLimits.MaxParts || name.IsEmpty)
        {
            log.Fail(number, name.IsEmpty ? "FILE names no file" : "it names more files than a disc has parts");
            return;
        }

        files.Add(new(name.ToString(), type.IsEmpty ? "BINARY" : type.ToString().ToUpperInvariant(), number));
    }

    private void TakeTrack(ReadOnlySpan<char> rest, int number)
    {
        EndTrack();
        var count = NextWord(ref rest);
        var type = NextWord(ref rest);
        if (!TryParseNumber(count, SheetLimits.MaxTrack, out var parsed) || parsed == 0)
        {
            log.Fail(number, $"a disc has tracks 1 to {SheetLimits.MaxTrack}, not {SheetLog.Quote(count)}");
        }
        else if (parsed <= track?.Number)
        {
            log.Fail(number, $"track {parsed} follows track {track.Number}");
        }
        else if (files.Count == 0)
        {
            log.Fail(number, "TRACK comes before any FILE");
        }
        else if (CueTypes.TryParse(type, out var kind, out var body, out var stride))
        {
            (track, hasMark) = (new(parsed, kind, body, stride, session, number), false);
        }
        else
        {
            log.Fail(number, $"{SheetLog.Quote(type)} is no kind of track that is known");
        }
    }

    private void TakeIndex(ReadOnlySpan<char> rest, int number)
    {
        var count = NextWord(ref rest);
        var time = NextWord(ref rest);
        if (track is null || files.Count == 0)
        {
            log.Fail(number, "INDEX comes before any TRACK");
        }
        else if (!TryParseNumber(count, SheetLimits.MaxIndex, out var index))
        {
            log.Fail(number, $"a track has indexes 0 to {SheetLimits.MaxIndex}, not {SheetLog.Quote(count)}");
        }
        else if (!DiscTime.TryParse(time, out var frames))
        {
            log.Fail(number, $"{SheetLog.Quote(time)} is no time of the form minutes:seconds:frames");
        }
        else if (index > 1 && files[^1].Marks is [.., { } before] && before.Track == track)
        {
            // Parts of a track move nothing; programs write places for them that are no good.
        }
        else if (files[^1].Marks is [.., var last] && frames < last.Frames)
        {
            log.Fail(number, $"{SheetLog.Quote(time)} is before the index above it");
        }
        else
        {
            files[^1].Marks.Add(new(track, index, frames, gap, number));
            (gap, hasMark) = (0, true);
        }
    }

    private void TakeGap(ReadOnlySpan<char> rest, int number, bool isAfter)
    {
        var time = NextWord(ref rest);
        if (track is null || !DiscTime.TryParse(time, out var frames))
        {
            log.Fail(number, track is null ? "a gap comes before any TRACK" : $"{SheetLog.Quote(time)} is no time");
            return;
        }

        // Every disc begins with a pause of 2 s that no image has and no address counts (ECMA-130 §20.1).
        var isFirst = !isAfter && files.TrueForAll(file => file.Marks.Count == 0);
        gap += isFirst ? Math.Max(0, frames - Sectors.Raw.RawSector.FirstFrame) : frames;
    }

    private void TakeRemark(ReadOnlySpan<char> rest)
    {
        var word = NextWord(ref rest);
        if (word.Equals("SESSION", StringComparison.OrdinalIgnoreCase))
        {
            if (TryParseNumber(NextWord(ref rest), SheetLimits.MaxTrack, out var next) && next > session)
            {
                session = next;
            }
        }
        else if (word.Equals("LEAD-OUT", StringComparison.OrdinalIgnoreCase)
            && DiscTime.TryParse(NextWord(ref rest), out var frames))
        {
            leadOuts[session] = frames;
        }
    }

    /// <summary>A track without INDEX has no place; sheets that are cut off end so.</summary>
    private void EndTrack()
    {
        if (track is not null && !hasMark && log.Fatal is null)
        {
            log.Fail(track.Line, $"track {track.Number} has no INDEX");
        }
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, int limit, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= limit;

    private static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        var end = rest.IndexOfAny(' ', '\t');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[end..].TrimStart();
        return word;
    }
}
