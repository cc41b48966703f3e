using CdBackuper.Pictures;

namespace CdBackuper.Commands.Demo;

/// <summary>A made-up photograph, written as a PNG (W3C PNG, third edition): a sun over hills, with the grain of a cheap camera.</summary>
internal static class Photograph
{
    private const int Width = 480;
    private const int Height = 320;

    /// <returns>The picture's file content; the same for the same <paramref name="seed"/>.</returns>
    public static byte[] Take(int seed) => Png.Encode(Width, Height, hasAlpha: false, packer => WriteRows(packer, new Random(seed)));

    private static void WriteRows(Stream packer, Random random)
    {
        var (sunX, sunY, hills) = (random.Next(80, 400), random.Next(40, 140), random.Next(3, 9));
        var row = new byte[1 + (3 * Width)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var ridge = 210 + (30 * Math.Sin((x + (40 * hills)) / (14.0 * hills)));
                var isSun = ((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)) < 900;
                var (red, green, blue) = isSun ? (250, 220, 120) : y > ridge ? (60, 120 - (y / 6), 50) : (250 - y, 170, 120 + (y / 2));
                var grain = random.Next(-6, 7);
                row[1 + (3 * x)] = (byte)Math.Clamp(red + grain, 0, 255);
                row[2 + (3 * x)] = (byte)Math.Clamp(green + grain, 0, 255);
                row[3 + (3 * x)] = (byte)Math.Clamp(blue + grain, 0, 255);
            }

            packer.Write(row);
        }
    }
}
