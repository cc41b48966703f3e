using System.Globalization;
using System.Text.Json.Nodes;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Truth;

/// <summary>A file as the listing speaks of it, and what lies in the archive for it.</summary>
/// <param name="Path">Below <c>files/</c>.</param>
/// <param name="Size">Its length, as the listing says.</param>
/// <param name="Condition">perfect, damaged, lost or unverified.</param>
/// <param name="Lost">The runs of bytes that are called lost.</param>
/// <param name="Archived">The file's bytes; null where there is no file.</param>
internal sealed record ToldFile(string Path, long Size, string Condition, IReadOnlyList<(long Start, long Length)> Lost, byte[]? Archived);

/// <summary>A disc's folder in the archive, read as a stranger would: by the format's page, without the program's own code.</summary>
internal sealed class TruthArchive
{
    private readonly string folder;

    public TruthArchive(string folder)
    {
        this.folder = folder;
        Status = Parse("status.json");
        Damage = Parse("damage.json");
        var entries = Parse("listing.json")?["entries"]?.AsArray() ?? [];
        Files = [.. entries.Where(entry => Text(entry!, "kind") == "file").Select(entry => Read(entry!))];
    }

    public JsonNode? Status { get; }

    public JsonNode? Damage { get; }

    public IReadOnlyList<ToldFile> Files { get; }

    public string? Condition => Status is null ? null : Text(Status, "condition");

    public string Message => Status is null ? "" : Text(Status, "message") ?? "";

    /// <summary>Names below <c>files/</c>, with inode, time and length: what is the same afterwards was not touched.</summary>
    public Dictionary<string, string> Inodes() => !Directory.Exists(Under("files")) ? [] : Tool.Run("find", Under("files"), "-type", "f", "-printf", "%P\t%i %T@ %s\n")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line.Split('\t')[0], line => line.Split('\t')[1], StringComparer.Ordinal);

    /// <returns>The sectors that the map calls read.</returns>
    public HashSet<long> MappedSectors()
    {
        var read = new HashSet<long>();
        if (!File.Exists(Under("ddrescue.mapfile")))
        {
            return read;
        }

        foreach (var line in File.ReadLines(Under("ddrescue.mapfile")).Where(line => !line.StartsWith('#')).Skip(1))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts[2] == "+")
            {
                var (start, length) = (Hex(parts[0]), Hex(parts[1]));
                for (var sector = Sector.Count(start); sector < (start + length) / Sector.Size; sector++)
                {
                    read.Add(sector);
                }
            }
        }

        return read;
    }

    /// <returns>The image, null where it is not kept.</returns>
    public byte[]? Image() => File.Exists(Under("disc.iso")) ? File.ReadAllBytes(Under("disc.iso")) : null;

    /// <returns>What is wrong with the manifest; null for nothing.</returns>
    public string? ManifestFlaw()
    {
        var named = File.Exists(Under("manifest-sha256.txt"))
            ? File.ReadAllLines(Under("manifest-sha256.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line[66..]).ToList()
            : [];
        var there = Inodes().Keys.Select(name => "files/" + name).ToHashSet();
        if (named.Count != named.Distinct().Count() || !there.IsSubsetOf(named) || named.Any(name => !there.Contains(name) && name != "disc.iso"))
        {
            return $"names {named.Count} files of {there.Count} that are there";
        }

        var (code, output, error) = named.Count == 0 ? (0, "", "") : Tool.TryRun(
            "sh", ["-c", "cd \"$1\" && sha256sum --check --strict --quiet manifest-sha256.txt", "sh", folder], new Dictionary<string, string?>());
        return code == 0 ? null : $"sha256sum: {output}{error}";
    }

    /// <returns>What a finished attempt must not leave.</returns>
    public IEnumerable<string> Strays() => Directory.EnumerateFileSystemEntries(folder)
        .Select(path => System.IO.Path.GetFileName(path)!)
        .Where(name => name.StartsWith(".incoming", StringComparison.Ordinal) || name.EndsWith(".new", StringComparison.Ordinal)
            || name.StartsWith("ddrescue.domain", StringComparison.Ordinal));

    public static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    public static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();

    private static long Hex(string text) => long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private ToldFile Read(JsonNode entry)
    {
        var path = Text(entry, "path")!;
        var archived = System.IO.Path.Combine(Under("files"), path);
        return new(
            path,
            Number(entry, "size"),
            Text(entry, "condition")!,
            [.. (entry["lost"]?.AsArray() ?? []).Select(run => (Number(run!, "start"), Number(run!, "length")))],
            File.Exists(archived) ? File.ReadAllBytes(archived) : null);
    }

    private JsonNode? Parse(string name) => File.Exists(Under(name)) ? JsonNode.Parse(File.ReadAllText(Under(name))) : null;

    private string Under(string name) => System.IO.Path.Combine(folder, name);
}
