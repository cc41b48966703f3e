using System.Globalization;
using System.Text;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Writes ddrescue's text format, with chosen sectors bad and all others read.</summary>
internal static class Mapfile
{
    public const int SectorSize = 2048;

    public static string Write(string path, long lengthBytes, IEnumerable<long> badSectors)
    {
        var text = new StringBuilder("# Mapfile. Written by a test\n0x00000000     +               1\n");
        long next = 0;
        foreach (var sector in badSectors.Distinct().Order())
        {
            Run(text, next, (sector * SectorSize) - next, '+');
            Run(text, sector * SectorSize, SectorSize, '-');
            next = (sector + 1) * SectorSize;
        }

        Run(text, next, lengthBytes - next, '+');
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <returns>How many bytes a map has with a status, such as '+' (read) or '-' (bad).</returns>
    public static long Bytes(string path, char status) => File.ReadLines(path)
        .Where(line => !line.StartsWith('#'))
        .Skip(1)
        .Select(line => line.Fields(' '))
        .Where(fields => fields[2][0] == status)
        .Sum(fields => Convert.ToInt64(fields[1], 16));

    private static void Run(StringBuilder text, long start, long length, char status)
    {
        if (length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"0x{start:X8}  0x{length:X8}  {status}\n");
        }
    }
}
