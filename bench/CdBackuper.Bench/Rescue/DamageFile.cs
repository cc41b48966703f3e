using System.Globalization;

namespace CdBackuper.Bench.Rescue;

/// <summary>Which sectors of a disc are damaged: lines of "sector TAB try at which it reads, 0 for never".</summary>
internal static class DamageFile
{
    public static Dictionary<long, int> Load(string path) => File.ReadLines(path)
        .Select(line => line.Split('\t'))
        .ToDictionary(
            parts => long.Parse(parts[0], CultureInfo.InvariantCulture), parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    public static void Store(string path, Dictionary<long, int> damage) => File.WriteAllLines(
        path, damage.OrderBy(sector => sector.Key).Select(sector => string.Create(CultureInfo.InvariantCulture, $"{sector.Key}\t{sector.Value}")));
}
