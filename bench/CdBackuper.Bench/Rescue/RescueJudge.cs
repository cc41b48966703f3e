using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Bench.Rescue;

/// <summary>When each file was whole, by the drive's clock: from the log of what the drive gave, whoever asked.</summary>
internal static class RescueJudge
{
    /// <summary>
    /// Prints "recoverable TAB whole TAB seconds until the last recoverable one, - for never", the times of all files that became whole, and the seconds that
    /// who knew all beforehand would need, and who knew the places.
    /// </summary>
    public static void Print(ImageSectors image, Dictionary<long, int> damage, string logPath)
    {
        var gotAt = new double[image.SectorCount];
        Array.Fill(gotAt, double.PositiveInfinity);
        foreach (var line in File.ReadLines(logPath))
        {
            var parts = line.Split('\t');
            var time = double.Parse(parts[0], CultureInfo.InvariantCulture);
            var (offset, count) = (long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
            for (var sector = offset / Sector.Size; sector < Math.Min(gotAt.Length, Sector.Count(offset + count)); sector++)
            {
                gotAt[sector] = Math.Min(gotAt[sector], time);
            }
        }

        var times = new List<double>();
        var wanted = new HashSet<long>();
        var hurt = new List<int[]>();
        foreach (var entry in VolumeReader.Read(image)!.Entries.Where(entry => entry is { Kind: EntryKind.File, Size: > 0 }))
        {
            var sectors = entry.Extents!.SelectMany(extent => Enumerable.Range(
                (int)(extent.Start / Sector.Size), (int)Sector.Count(extent.Length))).ToArray();
            hurt.Add([.. sectors.Where(sector => damage.ContainsKey(sector)).Select(sector => damage[sector])]);
            if (sectors.All(sector => damage.GetValueOrDefault(sector, 1) > 0))
            {
                times.Add(sectors.Max(sector => gotAt[sector]));
                wanted.UnionWith(sectors.Select(sector => (long)sector));
            }
        }

        times.Sort();
        var whole = times.Where(double.IsFinite).ToArray();
        var last = whole.Length == times.Count ? whole[^1].ToString("0.0", CultureInfo.InvariantCulture) : "-";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count}\t{whole.Length}\t{last}\t{string.Join(' ', whole.Select(time => time.ToString("0.0", CultureInfo.InvariantCulture)))}\t{DriveModel.LeastSeconds(wanted, damage):0.0}\t{DriveModel.SecondsKnowingPlaces(wanted, hurt):0.0}"));
    }
}
