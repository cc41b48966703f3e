namespace CdBackuper.Bench.Rescue;

/// <summary>
/// How long an optical drive takes, by its own clock: nobody waits for it, so a scratched disc of hours is measured in seconds.
/// A 24x drive with 2 MB of buffer that tries three seconds before it gives a sector up.
/// </summary>
/// <param name="sectors">How many the disc has.</param>
/// <param name="damage">Of a damaged sector, at which try it reads; 0 for never.</param>
internal sealed class DriveModel(long sectors, Dictionary<long, int> damage)
{
    private const double SectorsPerSecond = 24 * 75;
    private const double SecondsPerFailure = 3;

    /// <summary>What does not read at the fourth try never does (<see cref="DamageCases"/>).</summary>
    private const int MostTries = 4;
    private const double ShortestSeek = 0.08;
    private const double LongestSeek = 0.25;

    /// <summary>So near the head the drive has the sectors in its buffer, or waits for them to come by.</summary>
    private const long BufferedSectors = 1024;

    private readonly Dictionary<long, int> tries = [];
    private long head;

    /// <summary>Since the disc was put in, in seconds.</summary>
    public double Clock { get; private set; }

    /// <returns>
    /// How long at least it takes to have all of these sectors, in seconds: for who knows beforehand which read, asks for no other, and
    /// never waits for a seek.
    /// </returns>
    /// <param name="wanted">Sectors that read at some try.</param>
    /// <param name="damage">As of the drive.</param>
    public static double LeastSeconds(IReadOnlySet<long> wanted, Dictionary<long, int> damage) =>
        (wanted.Count / SectorsPerSecond) + (SecondsPerFailure * wanted.Sum(sector => damage.GetValueOrDefault(sector, 1) - 1));

    /// <returns>
    /// How long it takes, in seconds, for who knows beforehand where all damage is and after how many tries a sector never reads, but not which do; never waits
    /// for a seek; and reads files with the fewest damaged sectors first, each until one of them is lost.
    /// </returns>
    /// <param name="wanted">Sectors of files that can be whole.</param>
    /// <param name="files">Of each file, its damaged sectors' entries of the damage.</param>
    public static double SecondsKnowingPlaces(IReadOnlySet<long> wanted, IEnumerable<int[]> files)
    {
        var (failures, untilLast) = (0, 0);
        foreach (var file in files.OrderBy(file => file.Length))
        {
            foreach (var needed in file)
            {
                failures += needed == 0 ? MostTries : needed - 1;
                if (needed == 0)
                {
                    break;
                }
            }

            untilLast = file.Contains(0) ? untilLast : failures;
        }

        return (wanted.Count / SectorsPerSecond) + (SecondsPerFailure * untilLast);
    }

    /// <returns>False where a sector of the run did not read. Those before it are lost with it.</returns>
    public bool TryRead(long first, long count)
    {
        var distance = Math.Abs(first - head);
        Clock += distance <= BufferedSectors ? 0 : ShortestSeek + ((LongestSeek - ShortestSeek) * distance / sectors);
        for (var sector = first; sector < first + count; sector++)
        {
            head = sector + 1;
            Clock += 1 / SectorsPerSecond;
            if (damage.TryGetValue(sector, out var needed))
            {
                var made = tries[sector] = tries.GetValueOrDefault(sector) + 1;
                if (needed == 0 || made < needed)
                {
                    Clock += SecondsPerFailure;
                    return false;
                }
            }
        }

        return true;
    }
}
