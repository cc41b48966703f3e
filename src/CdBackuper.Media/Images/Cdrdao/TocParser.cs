using System.Globalization;

namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>Reads a cdrdao toc-file (cdrdao(1), "TOC-FILES"); what is only for players (CD-TEXT, ISRC, flags) is passed over.</summary>
internal sealed class TocParser(TocLexer lexer, SheetLog log)
{
    private const int BytesInSample = 4;
    private const int SamplesInSector = 588;
    private readonly List<TocTrackDraft> tracks = [];
    private int parts;

    public IReadOnlyList<TocTrackDraft> Parse()
    {
        for (var token = lexer.Next(); !token.IsEnd && log.Fatal is null; token = lexer.Next())
        {
            Take(token);
        }

        if (log.Fatal is null && tracks.Count == 0)
        {
            log.Fail(0, "it names no track");
        }

        return tracks;
    }

    private void Take(TocToken token)
    {
        switch (token.IsQuoted ? "" : token.Text)
        {
            case "CD_DA" or "CD_ROM" or "CD_ROM_XA" or "CD_I" or "NO" or "COPY" or "PRE_EMPHASIS" or "TWO_CHANNEL_AUDIO"
                or "FOUR_CHANNEL_AUDIO":
                break;
            case "CATALOG" or "ISRC":
                lexer.Next();
                break;
            case "CD_TEXT":
                SkipBlock(token.Line);
                break;
            case "TRACK":
                TakeTrack(token.Line);
                break;
            default:
                if (tracks.Count == 0)
                {
                    log.Fail(token.Line, $"{SheetLog.Quote(token.Text)} is no statement of a toc-file");
                }
                else
                {
                    TakePart(token, tracks[^1]);
                }

                break;
        }
    }

    private void TakePart(TocToken token, TocTrackDraft track)
    {
        switch (token.IsQuoted ? "" : token.Text)
        {
            case "SILENCE" or "ZERO":
                SkipModes();
                Add(track, new(null, 0, ReadLength(track), token.Line));
                break;
            case "FILE" or "AUDIOFILE":
                TakeFile(track, token.Line, hasStart: true);
                break;
            case "DATAFILE":
                TakeFile(track, token.Line, hasStart: false);
                break;
            case "PREGAP":
                TakePregap(track, token.Line);
                break;
            case "START":
                TakeStart(track);
                break;
            case "INDEX":
                lexer.Next();
                break;
            case "FIFO":
                log.Fail(token.Line, "FIFO reads from another program, not from an image");
                break;
            default:
                log.Fail(token.Line, $"{SheetLog.Quote(token.Text)} is no statement of a toc-file");
                break;
        }
    }

    private void TakeTrack(int line)
    {
        var mode = lexer.Next();
        if (tracks.Count >= SheetLimits.MaxTrack)
        {
            log.Fail(line, $"a disc has at most {SheetLimits.MaxTrack} tracks");
        }
        else if (!TocModes.TryParse(mode.Text, out var kind, out var body, out var stride))
        {
            log.Fail(line, $"{SheetLog.Quote(mode.Text)} is no kind of track that is known");
        }
        else
        {
            var hasSubChannel = lexer.Peek().Is("RW") || lexer.Peek().Is("RW_RAW");
            if (hasSubChannel)
            {
                lexer.Next();
            }

            tracks.Add(new(tracks.Count + 1, kind, body, stride + (hasSubChannel ? TocModes.SubChannel : 0)));
        }
    }

    private void TakeFile(TocTrackDraft track, int line, bool hasStart)
    {
        var name = lexer.Next();
        if (!name.IsQuoted || name.Text.Length == 0)
        {
            log.Fail(line, "the name of a file is missing");
            return;
        }

        if (lexer.Peek().Is("SWAP"))
        {
            lexer.Next();
        }

        var offset = 0L;
        if (lexer.Peek() is { IsQuoted: false, Text: ['#', .. var digits] })
        {
            lexer.Next();
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out offset)
                || offset > SheetLimits.MaxSectors * Sectors.Raw.RawSector.Size)
            {
                log.Fail(line, $"{SheetLog.Quote(digits)} is no place in a file");
            }
        }

        offset += hasStart ? ReadLength(track) : 0;
        var length = IsLength(lexer.Peek()) ? ReadLength(track) : 0;
        Add(track, new(name.Text, offset, length == 0 ? null : length, line));
    }

    /// <summary>A pre-gap of zeros before all that follows; it may stand only where the track begins.</summary>
    private void TakePregap(TocTrackDraft track, int line)
    {
        var length = ReadLength(track);
        Add(track, new(null, 0, length, line));
        track.GapSectors = length / track.Stride;
    }

    private void TakeStart(TocTrackDraft track)
    {
        if (IsLength(lexer.Peek()))
        {
            track.GapSectors = ReadLength(track) / track.Stride;
        }
        else
        {
            track.GapParts = track.Parts.Count;
        }
    }

    private void Add(TocTrackDraft track, TocPart part)
    {
        if (++parts > SheetLimits.MaxParts)
        {
            log.Fail(part.Line, "it has more parts than a disc");
        }
        else
        {
            track.Parts.Add(part);
        }
    }

    /// <returns>In bytes: a time is of whole sectors, a number is of samples in sound and of bytes in data.</returns>
    private long ReadLength(TocTrackDraft track)
    {
        var token = lexer.Next();
        if (!token.IsQuoted && DiscTime.TryParse(token.Text, out var sectors))
        {
            return sectors * track.Stride;
        }

        if (token.IsQuoted || !int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            log.Fail(token.Line, $"{SheetLog.Quote(token.Text)} is no length");
            return 0;
        }

        // Sub-channels are no part of the samples.
        return track.Kind == TrackKind.Sound ? number / SamplesInSector * (long)track.Stride
            + (number % SamplesInSector * BytesInSample) : number;
    }

    private static bool IsLength(TocToken token) =>
        !token.IsQuoted && token.Text.Length > 0 && char.IsAsciiDigit(token.Text[0]);

    /// <summary>ZERO may name a mode and a sub-channel mode before its length.</summary>
    private void SkipModes()
    {
        for (var count = 0; count < 2 && lexer.Peek() is { IsQuoted: false } word && !IsLength(word); count++)
        {
            lexer.Next();
        }
    }

    private void SkipBlock(int line)
    {
        var depth = 0;
        do
        {
            var token = lexer.Next();
            if (token.IsEnd)
            {
                log.Fail(line, "CD_TEXT has no end");
                return;
            }

            depth += token.Is("{") ? 1 : token.Is("}") ? -1 : 0;
        }
        while (depth > 0);
    }
}
