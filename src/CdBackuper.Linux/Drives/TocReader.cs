using System.Buffers.Binary;
using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>
/// Reads the table of contents (linux/cdrom.h: cdrom_tochdr, cdrom_tocentry, cdrom_multisession), and where sessions end, which the
/// kernel does not tell.
/// </summary>
internal static unsafe class TocReader
{
    private const nuint ReadHeader = 0x5305;
    private const nuint ReadEntry = 0x5306;
    private const nuint MultiSession = 0x5310;
    private const byte AsBlockAddress = 1;
    private const byte LeadOut = 0xAA;
    private const byte MostTracks = 99;
    private const int DataBit = 4;
    private const byte LeadOutPoint = 0xA2;
    private const int RawEntryLength = 11;

    /// <summary>Of 99 tracks and as many sessions, each with three entries and some more.</summary>
    private const int RawTocLength = 4 + (RawEntryLength * 99 * 5);

    /// <returns>Null where the disc has none that can be read: blank discs, some drives and DVDs.</returns>
    internal static Toc? TryRead(SafeFileHandle device)
    {
        var header = stackalloc byte[2];
        if (LibC.Control(device, ReadHeader, header) != 0 || header[0] == 0 || header[1] > MostTracks)
        {
            return null;
        }

        var tracks = new List<TocTrack>();
        for (int number = header[0]; number <= header[1]; number++)
        {
            if (TryReadEntry(device, (byte)number) is { } track)
            {
                tracks.Add(new(number, track.Start, track.IsData));
            }
        }

        return tracks.Count > 0 && TryReadEntry(device, LeadOut) is { } end
            ? new(tracks, end.Start, TryReadLastSession(device)) { SessionEnds = ReadSessionEnds(device) }
            : null;
    }

    /// <summary>READ TOC/PMA/ATIP, format 2: the lead-ins as they are (MMC-6 §6.25.3.4). In them POINT A2 says where the lead-out begins.</summary>
    private static List<long> ReadSessionEnds(SafeFileHandle device)
    {
        Span<byte> answer = stackalloc byte[RawTocLength];
        ReadOnlySpan<byte> command = [0x43, 2, 2, 0, 0, 0, 1, RawTocLength >> 8, RawTocLength & 0xFF, 0];
        var ends = new SortedDictionary<int, long>();
        if (ScsiCommand.TryRead(device, command, answer))
        {
            var length = Math.Min(answer.Length, BinaryPrimitives.ReadUInt16BigEndian(answer) + 2);
            for (var at = 4; at + RawEntryLength <= length; at += RawEntryLength)
            {
                // session, ADR and control, track 0, POINT, running time (3), zero, minute, second, frame
                var entry = answer.Slice(at, RawEntryLength);
                if (entry[1] >> 4 == 1 && entry[2] == 0 && entry[3] == LeadOutPoint)
                {
                    ends[entry[0]] = (((entry[8] * 60L) + entry[9]) * 75) + entry[10] - 150;
                }
            }
        }

        return [.. ends.Values.SkipLast(1)];
    }

    private static (long Start, bool IsData)? TryReadEntry(SafeFileHandle device, byte number)
    {
        // number, control (high nibble) and adr (low), format, -, address (4 bytes), mode
        var entry = stackalloc byte[12];
        new Span<byte>(entry, 12).Clear();
        (entry[0], entry[2]) = (number, AsBlockAddress);
        return LibC.Control(device, ReadEntry, entry) == 0
            ? (BinaryPrimitives.ReadInt32LittleEndian(new(entry + 4, 4)), ((entry[1] >> 4) & DataBit) != 0)
            : null;
    }

    private static long? TryReadLastSession(SafeFileHandle device)
    {
        // address (4 bytes), xa_flag: the address is valid, format
        var session = stackalloc byte[8];
        new Span<byte>(session, 8).Clear();
        session[5] = AsBlockAddress;
        if (LibC.Control(device, MultiSession, session) != 0 || session[4] == 0)
        {
            return null;
        }

        long start = BinaryPrimitives.ReadInt32LittleEndian(new(session, 4));
        return start > 0 ? start : null;
    }
}
