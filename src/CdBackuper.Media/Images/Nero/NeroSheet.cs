using System.Buffers.Binary;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Images.Nero;

/// <summary>
/// A Nero image: the tracks' sectors, and at its end a table of them. No specification was ever published; the layout is
/// what the readers of several projects agree on.
/// </summary>
public sealed class NeroSheet : IImageSheet
{
    private const int CueEntry = 8;
    private const int DaoHead = 22;
    private const int EtnfEntry = 20;
    private const int Etn2Entry = 32;
    private readonly List<NeroTrack> tracks = [];

    private NeroSheet()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = [""];

    /// <param name="file">The whole image.</param>
    /// <param name="log">Takes what is wrong; with a fatal problem the sheet is of no use.</param>
    /// <returns>Null where the file is no Nero image.</returns>
    public static NeroSheet? TryRead(IByteSource file, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(log);
        if (NeroChunk.TryReadAll(file, log) is not { } chunks)
        {
            return null;
        }

        var sheet = new NeroSheet();
        sheet.Take(chunks, log);
        if (log.Fatal is null && sheet.tracks.Count == 0)
        {
            log.Fail(0, "the table at its end names no track");
        }

        return sheet;
    }

    /// <inheritdoc/>
    public ImageLayout Lay(IReadOnlyList<long?> lengths, SheetLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var laid = new List<ImageTrack>();
        var next = 0L;
        foreach (var track in tracks)
        {
            if (!NeroModes.TryParse(track.Mode, track.SectorSize, out var kind, out var body, out var stride))
            {
                log.Fail(0, $"track {track.Number} has mode {track.Mode} and sectors of {track.SectorSize} bytes, which is not known");
                break;
            }

            var start = track.Start ?? next;
            var count = (track.End - track.Offset) / stride;
            if (track.Offset < 0 || count < 0 || start < 0 || count > SheetLimits.MaxSectors || start > SheetLimits.MaxSectors - count)
            {
                log.Fail(0, $"track {track.Number} lies where no disc has sectors");
                break;
            }

            next = start + count;
            laid.Add(new(track.Number, track.Session, kind, start, next, count == 0 ? [] :
                [new(start, count, 0, track.Offset, stride, body)]));
        }

        return new("NRG", laid);
    }

    private void Take(IReadOnlyList<NeroChunk> chunks, SheetLog log)
    {
        var session = 1;
        var starts = new Dictionary<int, long>();
        foreach (var chunk in chunks)
        {
            var body = chunk.Body.Span;
            switch (chunk.Id)
            {
                case "CUES" or "CUEX":
                    TakeCue(body, isNew: chunk.Id == "CUEX", starts);
                    break;
                case "DAOI" or "DAOX":
                    TakeDao(body, isNew: chunk.Id == "DAOX", session, starts, log);
                    break;
                case "ETNF" or "ETN2":
                    TakeEtn(body, isNew: chunk.Id == "ETN2", session, log);
                    break;
                case "SINF":
                    // ends what belongs to a session
                    session++;
                    break;
            }
        }
    }

    /// <summary>CUES and CUEX: control, track and index in BCD, a blank, the address; of it index 1 is of interest.</summary>
    private static void TakeCue(ReadOnlySpan<byte> body, bool isNew, Dictionary<int, long> starts)
    {
        for (; body.Length >= CueEntry; body = body[CueEntry..])
        {
            if (FromBcd(body[1]) is not { } track || body[2] != 1)
            {
                continue;
            }

            if (isNew)
            {
                starts[track] = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
            }
            else if (FromBcd(body[5]) is { } minutes && FromBcd(body[6]) is { } seconds && FromBcd(body[7]) is { } frames)
            {
                starts[track] = (((minutes * 60L) + seconds) * 75) + frames - Sectors.Raw.RawSector.FirstFrame;
            }
        }
    }

    /// <summary>DAOI and DAOX: numbers of the first and last track, then for each its sector, mode, and places in the file.</summary>
    private void TakeDao(ReadOnlySpan<byte> body, bool isNew, int session, Dictionary<int, long> starts, SheetLog log)
    {
        if (body.Length < DaoHead)
        {
            return;
        }

        int number = body[20];
        var width = isNew ? 8 : 4;
        for (body = body[DaoHead..]; body.Length >= 18 + (3 * width); body = body[(18 + (3 * width))..], number++)
        {
            Add(new(
                number,
                session,
                body[14],
                BinaryPrimitives.ReadUInt16BigEndian(body[12..]),
                ReadPlace(body[(18 + width)..], isNew),
                ReadPlace(body[(18 + (2 * width))..], isNew),
                starts.TryGetValue(number, out var start) ? start : null),
                log);
        }
    }

    /// <summary>ETNF and ETN2, of discs that were written track by track: place, length, mode, address.</summary>
    private void TakeEtn(ReadOnlySpan<byte> body, bool isNew, int session, SheetLog log)
    {
        var (entry, width) = isNew ? (Etn2Entry, 8) : (EtnfEntry, 4);
        for (; body.Length >= entry; body = body[entry..])
        {
            var offset = ReadPlace(body, isNew);
            var length = ReadPlace(body[width..], isNew);
            var mode = BinaryPrimitives.ReadInt32BigEndian(body[(2 * width)..]);
            var start = BinaryPrimitives.ReadInt32BigEndian(body[((2 * width) + 4)..]);
            Add(new(tracks.Count + 1, session, mode, 0, offset, length > long.MaxValue - offset ? -1 : offset + length, start), log);
        }
    }

    private void Add(NeroTrack track, SheetLog log)
    {
        if (tracks.Count >= SheetLimits.MaxTrack || track.Number is < 1 or > SheetLimits.MaxTrack)
        {
            log.Fail(0, $"a disc has tracks 1 to {SheetLimits.MaxTrack}");
        }
        else
        {
            tracks.Add(track);
        }
    }

    private static long ReadPlace(ReadOnlySpan<byte> bytes, bool isNew) =>
        isNew ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static int? FromBcd(byte value) => (value & 15) < 10 && value >> 4 < 10 ? ((value >> 4) * 10) + (value & 15) : null;

    /// <param name="Number">1 … 99.</param>
    /// <param name="Session">From 1.</param>
    /// <param name="Mode">Nero's code.</param>
    /// <param name="SectorSize">In bytes; 0 where the table does not say.</param>
    /// <param name="Offset">Where index 1 begins in the file.</param>
    /// <param name="End">Where the track ends in the file.</param>
    /// <param name="Start">Its address on the disc; null where the table does not say.</param>
    private sealed record NeroTrack(int Number, int Session, int Mode, int SectorSize, long Offset, long End, long? Start);
}
