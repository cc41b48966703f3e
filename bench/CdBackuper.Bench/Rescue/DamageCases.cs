using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Bench.Rescue;

/// <summary>Kinds of damage, each the same at every run.</summary>
internal static class DamageCases
{
    /// <summary>Sectors in a turn of the disc, at half of its radius.</summary>
    private const int SectorsInATurn = 320;

    public static Dictionary<long, int> Make(string name, ISectorSource image)
    {
        var dice = new Dice(name);
        var count = image.SectorCount;
        switch (name.Split('-')[0])
        {
            case "clean":
                break;
            case "single":
                dice.Spread(0, count, 40, share: 1);
                break;
            case "flaky":
                dice.Spread(0, count, 120, share: 0);
                break;
            case "spots":
                dice.Runs(0, count, runs: 6, length: 60, share: 0.7);
                break;
            case "outer":
                dice.Spread(count * 96 / 100, count, (int)(count * 4 / 1000), share: 0.5);
                break;
            case "radial":
                for (var turn = count * 40 / 100; turn < count * 60 / 100; turn += SectorsInATurn)
                {
                    dice.Run(turn + dice.Next(8), 3, share: 0.5);
                }

                break;
            case "film":
                var film = VolumeReader.Read(image)!.Entries.Where(entry => entry.Kind == EntryKind.File).MaxBy(entry => entry.Size)!;
                dice.Run((film.Extents![0].Start / Sector.Size) + 300, 800, share: 0.75);
                dice.Spread(0, count, 20, share: 0);
                break;
            case "folder":
                foreach (var run in VolumeReader.Read(image)!.Structures.Skip(1).Take(8))
                {
                    dice.Run(run.Start / Sector.Size, 1, share: 0);
                }

                dice.Spread(0, count, 20, share: 0.5);
                break;
            case "rot":
                dice.Spread(0, count, (int)(count / 200), share: 0.3);
                break;
            default:
                throw new ArgumentException($"There is no case {name}.", nameof(name));
        }

        return dice.Damage;
    }

    /// <summary>Throws damage; the same for the same name.</summary>
    private sealed class Dice(string name)
    {
        private readonly Random random = new(name.Aggregate(17, (sum, letter) => (sum * 31) + letter));

        public Dictionary<long, int> Damage { get; } = [];

        public int Next(int below) => random.Next(below);

        // share: how many of the sectors never read; the others read at the second to fourth try.
        public void Spread(long from, long to, int sectors, double share)
        {
            for (var number = 0; number < sectors; number++)
            {
                Hurt(from + random.NextInt64(to - from), share);
            }
        }

        public void Runs(long from, long to, int runs, int length, double share)
        {
            for (var number = 0; number < runs; number++)
            {
                Run(from + random.NextInt64(to - from - length), length, share);
            }
        }

        public void Run(long from, int length, double share)
        {
            for (var sector = from; sector < from + length; sector++)
            {
                Hurt(sector, share);
            }
        }

        private void Hurt(long sector, double share) => Damage[sector] = random.NextDouble() < share ? 0 : random.Next(2, 5);
    }
}
