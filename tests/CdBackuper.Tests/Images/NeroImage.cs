using System.Buffers.Binary;
using System.Text;

namespace CdBackuper.Tests.Images;

/// <summary>Makes images as Nero writes them: tracks, then a table of big-endian chunks, then where the table begins.</summary>
internal sealed class NeroImage(bool isNew)
{
    private readonly List<byte> bytes = [];
    private readonly List<byte> table = [];
    private readonly List<(long Offset, long Length, int Number, int Mode, int SectorSize, long Start)> tracks = [];

    /// <param name="content">The track's sectors.</param>
    /// <param name="number">Its number.</param>
    /// <param name="mode">Nero's code.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <param name="start">Its address on the disc.</param>
    public NeroImage Track(byte[] content, int number, int mode, int sectorSize, long start)
    {
        tracks.Add((bytes.Count, content.Length, number, mode, sectorSize, start));
        bytes.AddRange(content);
        return this;
    }

    /// <summary>Ends a session that was written in one go.</summary>
    public NeroImage AtOnce()
    {
        var cue = new List<byte>();
        var dao = new List<byte>();
        dao.AddRange(Number(0, 4));
        dao.AddRange(new byte[14]);
        dao.AddRange([0, 0, (byte)tracks[0].Number, (byte)tracks[^1].Number]);
        foreach (var track in tracks)
        {
            byte[] index(byte which) =>
                [track.Mode == 7 ? (byte)0x01 : (byte)0x41, Bcd(track.Number), which, 0, .. isNew ? Number(track.Start, 4) : Time(track.Start)];
            cue.AddRange([.. index(0), .. index(1)]);
            dao.AddRange(new byte[12]);
            dao.AddRange([.. Number(track.SectorSize, 2), (byte)track.Mode, 0, 0, 0]);
            dao.AddRange([.. Number(track.Offset, Width), .. Number(track.Offset, Width), .. Number(track.Offset + track.Length, Width)]);
        }

        Chunk(isNew ? "CUEX" : "CUES", cue);
        Chunk(isNew ? "DAOX" : "DAOI", dao);
        return EndSession();
    }

    /// <summary>Ends a session that was written track by track.</summary>
    public NeroImage TrackByTrack()
    {
        var all = new List<byte>();
        foreach (var track in tracks)
        {
            all.AddRange([.. Number(track.Offset, Width), .. Number(track.Length, Width), .. Number(track.Mode, 4), .. Number(track.Start, 4)]);
            all.AddRange(new byte[isNew ? 8 : 4]);
        }

        Chunk(isNew ? "ETN2" : "ETNF", all);
        return EndSession();
    }

    public byte[] ToBytes()
    {
        var start = bytes.Count;
        Chunk("END!", []);
        return [.. bytes, .. table, .. Encoding.ASCII.GetBytes(isNew ? "NER5" : "NERO"), .. Number(start, Width)];
    }

    private int Width => isNew ? 8 : 4;

    private NeroImage EndSession()
    {
        Chunk("SINF", Number(tracks.Count, 4));
        tracks.Clear();
        return this;
    }

    private void Chunk(string id, IReadOnlyCollection<byte> content)
    {
        table.AddRange(Encoding.ASCII.GetBytes(id));
        table.AddRange(Number(content.Count, 4));
        table.AddRange(content);
    }

    private static byte[] Time(long address)
    {
        var frames = address + 150;
        return [0, Bcd(frames / 75 / 60), Bcd(frames / 75 % 60), Bcd(frames % 75)];
    }

    private static byte Bcd(long value) => (byte)((value / 10 * 16) + (value % 10));

    private static byte[] Number(long value, int width)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(all, value);
        return all[(8 - width)..];
    }
}
