namespace CdBackuper.Bench.Truth;

/// <summary>Kinds of damage, each the same at every run; two drives get different draws of one kind.</summary>
internal static class TruthDamage
{
    /// <summary>Sectors in a turn of these small discs, so that a scratch has many.</summary>
    private const int SectorsInATurn = 40;

    public static IReadOnlyList<string> Kinds { get; } =
        ["none", "outer ring", "radial scratch", "spots", "single sectors", "directory hit", "descriptor hit", "run-out", "gap", "flaky sectors", "most of it", "end lost"];

    /// <param name="disc">The disc.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="drive">Which drive: A, B or good, which reads all but gaps.</param>
    /// <param name="insertion">The how-manieth time the disc lies in this drive, from 0; cleaned and turned, it reads a little better each time.</param>
    /// <returns>Of a damaged sector, at which try it reads; 0 for never.</returns>
    public static Dictionary<long, int> Make(TruthDisc disc, string kind, string drive, int insertion) =>
        Make(disc, drive == "good" ? "none" : kind, drive)
            .ToDictionary(sector => sector.Key, sector => sector.Value == 0 ? 0 : Math.Max(1, sector.Value - (2 * insertion)));

    private static Dictionary<long, int> Make(TruthDisc disc, string kind, string drive)
    {
        var random = new Random($"{disc.Kind}{kind}{drive}".Aggregate(7, (sum, letter) => (sum * 31) + letter));
        var damage = new Dictionary<long, int>();
        var readable = Enumerable.Range(0, (int)disc.SectorCount).Select(index => (long)index)
            .Where(sector => !disc.NoData.Contains(sector)).ToArray();
        var last = readable.Length - TruthDiscs.RunOut;
        void Hurt(long sector, double share) => damage[sector] = random.NextDouble() < share ? 0 : random.Next(2, 9);
        void Run(long at, int length, double share)
        {
            for (var index = at; index < Math.Min(at + length, last); index++)
            {
                Hurt(readable[index], share);
            }
        }

        T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
        long[] structures = [.. disc.Used.Except(disc.OfFiles).Except(disc.OfNames).Order()];
        long[] names = [.. disc.OfNames.Order()], contents = [.. disc.OfFiles.Order()];
        switch (kind)
        {
            case "none":
                break;
            case "outer ring":
                for (var count = 0; count < 40; count++)
                {
                    Hurt(readable[last * 9 / 10 + random.Next(last / 10)], 0.5);
                }

                // What was written last.
                Run(Array.IndexOf(readable, contents[^1]) - random.Next(60), 20, 0.7);
                break;
            case "radial scratch":
                for (var turn = last / 3; turn < last * 2 / 3; turn += SectorsInATurn)
                {
                    Run(turn + random.Next(6), 2, 0.5);
                }

                break;
            case "spots":
                for (var count = 0; count < 3; count++)
                {
                    Run(random.Next(last - 80), 20 + random.Next(60), 0.8);
                }

                break;
            case "single sectors":
                for (var count = 0; count < 8; count++)
                {
                    Hurt(Pick(contents), 1);
                }

                break;
            case "directory hit":
                Hurt(Pick(names), 1);
                Hurt(Pick(names), 0.5);
                break;
            case "descriptor hit":
                // The first are those of ISO 9660 at sector 16; UDF has its own further on.
                Hurt(drive == "A" ? structures[0] : Pick(structures), 1);
                Hurt(Pick(structures), 0.5);
                break;
            case "run-out" or "gap":
                break;
            case "flaky sectors":
                for (var count = 0; count < 25; count++)
                {
                    Hurt(Pick(contents), 0);
                }

                Hurt(Pick(names), 0);
                break;
            case "most of it":
                for (var index = 0; index < last; index++)
                {
                    if (random.NextDouble() < 0.15)
                    {
                        Hurt(readable[index], 0.8);
                    }
                }

                break;
            case "end lost":
                // The second session with its run-out, or the last fifth: nothing of it reads on the one drive, most of it on the other.
                for (var index = disc.NoData.Count > 0 ? Array.FindIndex(readable, sector => sector > disc.NoData.Max()) : last * 4 / 5; index < readable.Length; index++)
                {
                    if (drive == "A" || (index < last && random.NextDouble() < 0.02))
                    {
                        damage[readable[index]] = 0;
                    }
                }

                break;
            default:
                throw new ArgumentException($"There is no damage {kind}.", nameof(kind));
        }

        AddWhatNobodyMisses(disc, kind, drive, damage);
        return damage;
    }

    /// <summary>The gap between sessions reads on no drive; the blank end of a disc on few.</summary>
    private static void AddWhatNobodyMisses(TruthDisc disc, string kind, string drive, Dictionary<long, int> damage)
    {
        foreach (var sector in disc.NoData)
        {
            damage[sector] = 0;
        }

        if (kind == "run-out" && drive == "A")
        {
            for (var back = 1; back <= TruthDiscs.RunOut; back++)
            {
                damage[disc.SectorCount - back] = 0;
            }
        }

        if (kind == "gap")
        {
            for (var sector = disc.SectorCount - 1 - (drive == "A" ? 0 : 50); sector > disc.Used.Max(); sector--)
            {
                damage[sector] = 0;
            }
        }
    }
}
