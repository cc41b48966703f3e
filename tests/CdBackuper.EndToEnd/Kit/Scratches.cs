namespace CdBackuper.EndToEnd.Kit;

/// <summary>Bad sectors laid on chosen files of a disc, and the byte ranges that are then lost.</summary>
internal sealed class Scratches(DiscImage disc)
{
    private readonly SortedSet<long> sectors = [];
    private readonly Dictionary<string, SortedSet<long>> sectorsOfFile = new(StringComparer.Ordinal);

    public int Count => sectors.Count;

    public IReadOnlyCollection<string> Files => sectorsOfFile.Keys;

    public Scratches OnSector(long sector)
    {
        sectors.Add(sector);
        return this;
    }

    public Scratches OnSectors(long first, int count)
    {
        sectors.UnionWith(Enumerable.Range(0, count).Select(index => first + index));
        return this;
    }

    /// <param name="file">Its path on the disc.</param>
    /// <param name="places">Sectors counted from the file's first; negative ones from its end (-1 is the last).</param>
    public Scratches OnFile(string file, params IEnumerable<int> places)
    {
        var (first, count) = (disc[file].Sector, disc[file].SectorCount);
        var mine = sectorsOfFile[file] = [];
        foreach (var place in places)
        {
            var index = place < 0 ? count + place : place;
            Assert.InRange(index, 0, count - 1);
            mine.Add(index);
            sectors.Add(first + index);
        }

        return this;
    }

    public string WriteMap(string path) => Mapfile.Write(path, disc.Length, sectors);

    /// <returns>The lost runs of a file in bytes, merged, the last one ending with the file.</returns>
    public IReadOnlyList<(long Start, long Length)> LostIn(string file)
    {
        var lost = new List<(long Start, long Length)>();
        foreach (var sector in sectorsOfFile.GetValueOrDefault(file, []))
        {
            var start = sector * Mapfile.SectorSize;
            var length = Math.Min(Mapfile.SectorSize, disc[file].Size - start);
            if (lost.Count > 0 && lost[^1].Start + lost[^1].Length == start)
            {
                lost[^1] = (lost[^1].Start, lost[^1].Length + length);
            }
            else
            {
                lost.Add((start, length));
            }
        }

        return lost;
    }
}
