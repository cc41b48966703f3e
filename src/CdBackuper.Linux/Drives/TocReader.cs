using System.Buffers.Binary;
using CdBackuper.Linux.Native;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>Reads the table of contents (linux/cdrom.h: cdrom_tochdr, cdrom_tocentry, cdrom_multisession).</summary>
internal static unsafe class TocReader
{
    private const nuint ReadHeader = 0x5305;
    private const nuint ReadEntry = 0x5306;
    private const nuint MultiSession = 0x5310;
    private const byte AsBlockAddress = 1;
    private const byte LeadOut = 0xAA;
    private const byte MostTracks = 99;
    private const int DataBit = 4;

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
            ? new(tracks, end.Start, TryReadLastSession(device))
            : null;
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
