using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Truth;

/// <summary>
/// A disc of which everything is known without any reader of file systems: where files lie is found by looking for their
/// content, where folders lie by looking for files' names.
/// </summary>
/// <param name="Kind">What it is, such as "Joliet".</param>
/// <param name="Path">Its image.</param>
/// <param name="Image">The same in memory.</param>
/// <param name="Files">What the generator put on it.</param>
/// <param name="NoData">Sectors that no drive reads and nobody misses: the gap between two sessions.</param>
internal sealed record TruthDisc(string Kind, string Path, byte[] Image, IReadOnlyList<TruthFile> Files, IReadOnlySet<long> NoData)
{
    public long SectorCount => Image.Length / Sector.Size;

    /// <summary>Sectors with a byte that is not zero.</summary>
    public IReadOnlySet<long> Used { get; } = Sectors(Image, sector => sector.ContainsAnyExcept((byte)0));

    /// <summary>Sectors of files.</summary>
    public IReadOnlySet<long> OfFiles { get; } = Files.SelectMany(file => file.Sectors).ToHashSet();

    /// <summary>In which sectors a file's name stands, by its name; one that lies over the end of a sector in both.</summary>
    public IReadOnlyDictionary<string, HashSet<long>> Names { get; } = FindNames(Image, Files);

    /// <summary>All sectors with names of files.</summary>
    public IEnumerable<long> OfNames => Names.Values.SelectMany(sectors => sectors).Distinct();

    /// <param name="kind">What it is.</param>
    /// <param name="path">Its image.</param>
    /// <param name="sources">What the generator put on it: names and bytes.</param>
    /// <param name="noData">Sectors that no drive reads and nobody misses.</param>
    public static TruthDisc Of(string kind, string path, IEnumerable<(string Name, byte[] Content)> sources, IReadOnlySet<long> noData)
    {
        var image = File.ReadAllBytes(path);
        var places = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var sector = 0L; sector * Sector.Size < image.Length; sector++)
        {
            places[Key(image.AsSpan((int)(sector * Sector.Size), Sector.Size))] = sector;
        }

        var files = sources.Select(source => new TruthFile(source.Name, source.Content, Locate(kind, source, places))).ToArray();
        return new(kind, path, image, files, noData);
    }

    public ReadOnlySpan<byte> SectorAt(long sector) => Image.AsSpan((int)(sector * Sector.Size), Sector.Size);

    private static long[] Locate(string kind, (string Name, byte[] Content) source, Dictionary<string, long> places)
    {
        var found = new long[Sector.Count(source.Content.Length)];
        var padded = new byte[Sector.Size];
        for (var index = 0; index < found.Length; index++)
        {
            var bytes = source.Content.AsSpan(index * Sector.Size);
            padded.AsSpan().Clear();
            bytes[..Math.Min(bytes.Length, Sector.Size)].CopyTo(padded);
            found[index] = places.TryGetValue(Key(padded), out var sector)
                ? sector
                : throw new InvalidOperationException($"{source.Name} is not on the disc {kind}.");
        }

        return found;
    }

    private static string Key(ReadOnlySpan<byte> sector) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(sector));

    private static HashSet<long> Sectors(byte[] image, SectorTest test)
    {
        var found = new HashSet<long>();
        for (var sector = 0L; sector * Sector.Size < image.Length; sector++)
        {
            if (test(image.AsSpan((int)(sector * Sector.Size), Sector.Size)))
            {
                found.Add(sector);
            }
        }

        return found;
    }

    private static Dictionary<string, HashSet<long>> FindNames(byte[] image, IReadOnlyList<TruthFile> files)
    {
        var contents = files.SelectMany(file => file.Sectors).ToHashSet();
        var all = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        foreach (var name in files.Select(file => file.Name).Distinct())
        {
            var found = all[name] = [];
            foreach (var text in new[] { Encoding.ASCII.GetBytes(name), Encoding.BigEndianUnicode.GetBytes(name) })
            {
                for (var at = image.AsSpan().IndexOf(text); at >= 0;)
                {
                    found.Add(at / Sector.Size);
                    found.Add((at + text.Length - 1) / Sector.Size);
                    var next = image.AsSpan(at + 1).IndexOf(text);
                    at = next < 0 ? -1 : at + 1 + next;
                }
            }

            found.ExceptWith(contents);
        }

        return all;
    }

    private delegate bool SectorTest(ReadOnlySpan<byte> sector);
}
