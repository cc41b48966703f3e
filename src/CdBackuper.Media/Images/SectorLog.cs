using System.Collections.Concurrent;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images;

/// <summary>Remembers the sectors of which there is something to tell. Thread-safe; each sector counts once.</summary>
public sealed class SectorLog
{
    private const int NamedSectors = 10;

    /// <summary>More sectors than a CD has; what goes beyond is not told.</summary>
    private const int MaxSectors = 500_000;

    private readonly ConcurrentDictionary<long, SectorState> states = [];

    internal void Add(long sector, SectorState state)
    {
        if (state != SectorState.Good && (states.Count < MaxSectors || states.ContainsKey(sector)))
        {
            states[sector] = state;
        }
    }

    /// <returns>How many sectors were found in a state so far.</returns>
    public int Count(SectorState state) => states.Values.Count(known => known == state);

    /// <returns>One sentence for each state that was met, for people and the record; empty where all was good.</returns>
    public IReadOnlyList<string> Describe()
    {
        (SectorState State, string One, string Many)[] sentences =
        [
            (SectorState.Corrected, "sector was wrong and was put right by its ECC", "sectors were wrong and were put right by their ECC"),
            (SectorState.Bad, "sector is wrong and can't be put right", "sectors are wrong and can't be put right"),
            (SectorState.Misplaced, "sector has the address of another", "sectors have addresses of others"),
            (SectorState.NotData, "sector of a data track holds no data", "sectors of data tracks hold no data"),
            (SectorState.Form2, "sector is of Mode 2 Form 2 (film or sound)", "sectors are of Mode 2 Form 2 (film or sound)"),
            (SectorState.Unchecked, "sector has no check sum and is taken as it is", "sectors have no check sums and are taken as they are"),
            (SectorState.Empty, "sector is empty (Mode 0)", "sectors are empty (Mode 0)"),
        ];
        var found = states.GroupBy(pair => pair.Value, pair => pair.Key).ToDictionary(group => group.Key, group => group.Order().ToArray());
        return [.. sentences.Where(sentence => found.ContainsKey(sentence.State)).Select(sentence =>
        {
            var sectors = found[sentence.State];
            var named = string.Join(", ", sectors.Take(NamedSectors));
            return $"{sectors.Length} {(sectors.Length == 1 ? sentence.One : sentence.Many)}: "
                + named + (sectors.Length > NamedSectors ? " ..." : "");
        })];
    }
}
