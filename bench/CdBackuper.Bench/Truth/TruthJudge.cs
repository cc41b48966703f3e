using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Truth;

/// <summary>Compares what the program says of a disc, after each attempt, with the truth. Remembers earlier attempts.</summary>
internal sealed partial class TruthJudge(TruthDisc disc)
{
    private readonly HashSet<long> given = [];
    private readonly Dictionary<TruthFile, HashSet<int>> kept = [];
    private Dictionary<string, string> perfectBefore = [];
    private List<string> wrongs = [];

    /// <summary>Bytes of files that are not in the archive, after the last attempt.</summary>
    public long BytesLost { get; private set; }

    /// <summary>Files all of whose bytes are in the archive, after the last attempt.</summary>
    public int Whole { get; private set; }

    /// <param name="archive">The disc's folder after the attempt.</param>
    /// <param name="gave">The sectors that the drive gave in it.</param>
    /// <param name="exitCode">What the program ended with.</param>
    /// <returns>What the program says and is not so.</returns>
    public IReadOnlyList<string> After(TruthArchive archive, HashSet<long> gave, int exitCode)
    {
        wrongs = [];
        given.UnionWith(gave);
        var map = archive.MappedSectors();
        CheckMap(archive, map);
        var good = disc.Files.ToDictionary(file => file, _ => new HashSet<int>());
        var told = new HashSet<TruthFile>();
        foreach (var file in archive.Files)
        {
            if (FindTruth(file) is { } truth)
            {
                told.Add(truth);
                CheckFile(file, truth, good[truth], map);
            }
            else if (!IsOfTheTool(file))
            {
                Wrong($"{file.Path} of {file.Size} bytes is not on the disc");
            }
        }

        CheckNothingGotWorse(archive, good);
        CheckDisc(archive, map, told, good, exitCode);
        CheckCounts(archive);
        if (archive.ManifestFlaw() is { } flaw)
        {
            Wrong($"the manifest {flaw}");
        }

        foreach (var stray in archive.Strays())
        {
            Wrong($"{stray} is left");
        }

        Whole = good.Count(pair => pair.Value.Count == pair.Key.Sectors.Length && told.Contains(pair.Key));
        BytesLost = good.Sum(pair => Enumerable.Range(0, pair.Key.Sectors.Length)
            .Where(index => !pair.Value.Contains(index)).Sum(index => Chunk(pair.Key.Content, index).Length));
        return wrongs;
    }

    private void Wrong(string what) => wrongs.Add(what);

    /// <summary>What the map calls read was given by a drive, and is in the image.</summary>
    private void CheckMap(TruthArchive archive, HashSet<long> map)
    {
        var (image, never) = (archive.Image(), map.Count(sector => !given.Contains(sector)));
        if (never > 0)
        {
            Wrong($"the map calls {never} sectors read that no drive gave");
        }

        var other = image is null ? 0 : map.Count(sector => (sector + 1) * Sector.Size > image.Length
            || !disc.SectorAt(sector).SequenceEqual(image.AsSpan((int)(sector * Sector.Size), Sector.Size)));
        if (other > 0)
        {
            Wrong($"{other} sectors that the map calls read are not the disc's in the image");
        }
    }

    /// <returns>The file that is meant: by name and length, where only the name is known by name.</returns>
    private TruthFile? FindTruth(ToldFile file)
    {
        // What a later session changed stands beside the file that was archived before.
        var name = BesideNumber().Replace(file.Path[(file.Path.LastIndexOf('/') + 1)..], "");
        return disc.Files.FirstOrDefault(truth => truth.Name == name && truth.Content.Length == file.Size)
            ?? (file.Condition == "lost" ? disc.Files.FirstOrDefault(truth => truth.Name == name) : null)
            ?? disc.Files.FirstOrDefault(truth => file.Archived is not null && truth.Content.AsSpan().SequenceEqual(file.Archived));
    }

    /// <summary>What mastering tools add for Macintoshes.</summary>
    private static bool IsOfTheTool(ToldFile file) =>
        file.Path.StartsWith("_hfs/", StringComparison.Ordinal) && (file.Path.Contains("/._", StringComparison.Ordinal) || file.Path.Contains("/Desktop D", StringComparison.Ordinal));

    private void CheckFile(ToldFile file, TruthFile truth, HashSet<int> good, HashSet<long> map)
    {
        var mine = new HashSet<int>();
        for (var index = 0; index < truth.Sectors.Length; index++)
        {
            if (file.Archived is { } bytes && bytes.Length == truth.Content.Length && Chunk(bytes, index).SequenceEqual(Chunk(truth.Content, index)))
            {
                mine.Add(index);
            }
        }

        good.UnionWith(mine);
        var isSame = file.Archived is { } all && all.AsSpan().SequenceEqual(truth.Content);
        switch (file.Condition)
        {
            case "perfect" when !isSame:
                Wrong($"{file.Path} is called perfect; {truth.Sectors.Length - mine.Count} of its {truth.Sectors.Length} sectors differ from the source");
                break;
            case "damaged" or "lost" when isSame:
                Wrong($"{file.Path} is called {file.Condition} and is perfect in the archive");
                break;
            case "damaged" or "lost" when file.Size == truth.Content.Length && truth.Sectors.Length > 0 && truth.Sectors.All(map.Contains):
                Wrong($"{file.Path} is called {file.Condition}, and all of it is in the image");
                break;
            case "damaged" when file.Archived is null:
                Wrong($"{file.Path} is called damaged and is not there");
                break;
            case "lost" when file.Archived is not null:
                Wrong($"{file.Path} is called lost and is there");
                break;
        }

        var lost = Enumerable.Range(0, truth.Sectors.Length).Where(index => !mine.Contains(index)).Sum(index => (long)Chunk(truth.Content, index).Length);
        var ranges = file.Lost.SelectMany(run => Enumerable.Range((int)(run.Start / Sector.Size), (int)(Sector.Count(run.Start + run.Length) - (run.Start / Sector.Size))));
        if (file.Size == truth.Content.Length && (file.Lost.Sum(run => run.Length) != lost || ranges.Any(mine.Contains)))
        {
            Wrong($"{file.Path} is said to miss {file.Lost.Sum(run => run.Length)} bytes and misses {lost}, or others");
        }
    }

    private void CheckNothingGotWorse(TruthArchive archive, Dictionary<TruthFile, HashSet<int>> good)
    {
        foreach (var (file, sectors) in good)
        {
            if (kept.TryGetValue(file, out var before) && !before.IsSubsetOf(sectors))
            {
                Wrong($"{file.Name} had {before.Except(sectors).Count()} sectors before that it has no more");
            }

            kept[file] = sectors;
        }

        var inodes = archive.Inodes();
        foreach (var (path, mark) in perfectBefore)
        {
            if (inodes.GetValueOrDefault(path) != mark)
            {
                Wrong($"{path} was perfect, and was touched");
            }
        }

        perfectBefore = archive.Files.Where(file => file.Condition == "perfect" && inodes.ContainsKey(file.Path))
            .DistinctBy(file => file.Path).ToDictionary(file => file.Path, file => inodes[file.Path], StringComparer.Ordinal);
    }

    private void CheckDisc(TruthArchive archive, HashSet<long> map, HashSet<TruthFile> told, Dictionary<TruthFile, HashSet<int>> good, int exitCode)
    {
        var isWhole = archive.Condition == "whole";
        var missing = disc.Files.Where(file => !told.Contains(file) || good[file].Count < file.Sectors.Length).ToArray();
        var nameless = disc.Names.Values.Count(sectors => !sectors.Overlaps(map));
        if (isWhole && (missing.Length > 0 || nameless > 0))
        {
            Wrong($"the disc is called whole; {missing.Length} files are not, the names of {nameless} were not read");
        }

        if (!isWhole && disc.Used.All(map.Contains))
        {
            Wrong($"the disc is called {archive.Condition}; all of it is read");
        }

        foreach (var file in missing.Where(file => !told.Contains(file) && disc.Used.Except(disc.OfFiles).All(map.Contains)))
        {
            Wrong($"{file.Name} is not listed; all of the disc's structures are read");
        }

        var expected = archive.Condition switch { "whole" => 0, "unreadable" => 4, _ => 3 };
        if (exitCode != expected)
        {
            Wrong($"exit code {exitCode}; the disc is called {archive.Condition}");
        }
    }

    /// <summary>The numbers that people are told are those of the listing.</summary>
    private void CheckCounts(TruthArchive archive)
    {
        int Of(string condition) => archive.Files.Count(file => file.Condition == condition);
        var (perfect, damaged, lost) = (Of("perfect"), Of("damaged"), Of("lost"));
        if (archive.Status?["files"] is { } counts
            && (TruthArchive.Number(counts, "perfect"), TruthArchive.Number(counts, "damaged"), TruthArchive.Number(counts, "lost")) != (perfect, damaged, lost))
        {
            Wrong("status.json counts other files than the listing has");
        }

        if (archive.Damage?["files"] is JsonArray named && named.Count != archive.Files.Count - perfect)
        {
            Wrong($"damage.json names {named.Count} files of {archive.Files.Count - perfect}");
        }

        if (Numbers().Match(archive.Message) is { Success: true } said && said.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray() is var numbers
            && !numbers.SequenceEqual([perfect, damaged, lost]))
        {
            Wrong($"\"{archive.Message}\"; the listing has {perfect}, {damaged} and {lost}");
        }
    }

    private static ReadOnlySpan<byte> Chunk(byte[] content, int index)
    {
        var rest = content.AsSpan(index * Sector.Size);
        return rest[..Math.Min(Sector.Size, rest.Length)];
    }

    [GeneratedRegex(@"^(\d+) \w+ perfect, (\d+) damaged, (\d+) lost")]
    private static partial Regex Numbers();

    [GeneratedRegex(@" \(\d+\)(?=(\.[^.]*)?$)")]
    private static partial Regex BesideNumber();
}
