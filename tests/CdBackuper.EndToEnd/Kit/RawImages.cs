using CdBackuper.Tests.Sectors.Raw;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Puts a plain image into the raw sectors that it would have on a CD.</summary>
internal static class RawImages
{
    public const int SectorSize = RawSectorWriter.Size;

    /// <param name="disc">The plain image.</param>
    /// <param name="mode">1; or 2 for Mode 2 Form 1.</param>
    /// <param name="start">The first sector's address.</param>
    public static byte[] Wrap(DiscImage disc, int mode = 1, long start = 0)
    {
        var plain = File.ReadAllBytes(disc.Path);
        Assert.Equal(0, plain.Length % Mapfile.SectorSize);
        var raw = new byte[plain.Length / Mapfile.SectorSize * SectorSize];
        Parallel.For(0, plain.Length / Mapfile.SectorSize, sector =>
        {
            var user = plain.AsSpan(sector * Mapfile.SectorSize, Mapfile.SectorSize);
            var whole = mode == 1 ? RawSectorWriter.Mode1(user, start + sector) : RawSectorWriter.Form1(user, start + sector);
            whole.CopyTo(raw, sector * SectorSize);
        });
        return raw;
    }

    /// <returns>Sectors of sound: noise.</returns>
    public static byte[] Sound(int sectors, int seed = 3)
    {
        var bytes = new byte[sectors * SectorSize];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <returns>minutes:seconds:frames</returns>
    public static string Time(long sectors) => $"{sectors / 75 / 60:D2}:{sectors / 75 % 60:D2}:{sectors % 75:D2}";

    /// <summary>Writes a file into a folder.</summary>
    /// <returns>Its path.</returns>
    public static string Write(this TempFolder folder, string name, byte[] content)
    {
        File.WriteAllBytes(folder[name], content);
        return folder[name];
    }

    /// <inheritdoc cref="Write(TempFolder, string, byte[])"/>
    public static string Write(this TempFolder folder, string name, string content)
    {
        File.WriteAllText(folder[name], content);
        return folder[name];
    }
}
