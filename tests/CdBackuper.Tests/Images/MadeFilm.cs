namespace CdBackuper.Tests.Images;

/// <summary>
/// A program stream of MPEG-1 (ISO 11172-1) that programs for Video CDs take: packs of 2324 bytes, a picture of noise in each. It shows
/// nothing, and no two packs are alike.
/// </summary>
internal static class MadeFilm
{
    public const int PackSize = 2324;
    private const int MuxRate = 3528;
    private const int TicksAPack = 1200;

    /// <param name="packs">3 at least.</param>
    /// <param name="seed">Of the noise.</param>
    public static byte[] Make(int packs, int seed = 5)
    {
        var film = new byte[packs * PackSize];
        var random = new Random(seed);
        for (var index = 0; index < packs; index++)
        {
            var clock = index * TicksAPack;
            byte[] head = [0, 0, 1, 0xBA, .. Time(clock), .. Rate()];
            byte[] pack = index < 2
                ? [.. head, .. SystemHeader(isVideo: index == 0), .. Padding(PackSize - head.Length - 15)]
                : [.. head, .. Video(PackSize - head.Length, clock + 9000, random)];
            pack.CopyTo(film, index * PackSize);
        }

        byte[] end = [0, 0, 1, 0xB9];
        end.CopyTo(film, film.Length - end.Length);
        return film;
    }

    private static byte[] Time(int ticks) =>
        [0x21, (byte)(ticks >> 22), (byte)(((ticks >> 15) << 1) | 1), (byte)(ticks >> 7), (byte)((ticks << 1) | 1)];

    private static byte[] Rate() => [0x80 | (MuxRate >> 15), (MuxRate >> 7) & 0xFF, ((MuxRate << 1) & 0xFF) | 1];

    private static byte[] SystemHeader(bool isVideo) =>
    [
        0, 0, 1, 0xBB, 0, 9, .. Rate(), isVideo ? (byte)0 : (byte)4, isVideo ? (byte)0xE1 : (byte)0xE0, 0xFF,
        .. isVideo ? (byte[])[0xE0, 0xE0, 46] : [0xC0, 0xC0, 32],
    ];

    private static byte[] Padding(int length) => [.. Packet(0xBE, length), 0x0F, .. Enumerable.Repeat((byte)0xFF, length - 7)];

    private static byte[] Video(int length, int time, Random random)
    {
        // 352 x 288, 25 a second; group; picture; slice
        byte[] start = [0, 0, 1, 0xB3, 0x16, 1, 0x20, 0x13, 0xFF, 0xFF, 0xE0, 0xA0, 0, 0, 1, 0xB8, 0, 8, 0, 0x40, 0, 0, 1, 0, 0, 0x0F, 0xFF, 0xF8, 0, 0, 1, 1];
        var noise = Enumerable.Range(0, length - 11 - start.Length).Select(_ => (byte)random.Next(2, 255));
        return [.. Packet(0xE0, length), .. Time(time), .. start, .. noise];
    }

    private static byte[] Packet(byte stream, int length) => [0, 0, 1, stream, (byte)((length - 6) >> 8), (byte)(length - 6)];
}
