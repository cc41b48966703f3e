using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Corpus;

/// <summary>One line of a listing that can be compared; null where a judge does not say.</summary>
internal sealed record ListedEntry(EntryKind Kind, long? Size, long? Modified, string? Mode, string? Target, string? Hash);

/// <summary>Names and what is known of them, ours or the kernel's, brought to one form.</summary>
internal static partial class Listing
{
    /// <returns>What differs, one line each.</returns>
    public static IEnumerable<string> Compare(Dictionary<string, ListedEntry> kernel, Dictionary<string, ListedEntry> ours)
    {
        foreach (var (name, theirs) in kernel)
        {
            if (!ours.TryGetValue(name, out var mine))
            {
                yield return $"missing {name}";
                continue;
            }

            if (theirs.Kind != mine.Kind)
            {
                yield return $"kind {name}: {theirs.Kind}, ours {mine.Kind}";
            }

            if (theirs.Size is not null && theirs.Size != mine.Size)
            {
                yield return $"size {name}: {theirs.Size}, ours {mine.Size}";
            }

            if (theirs.Modified != mine.Modified)
            {
                yield return $"time {name}: {theirs.Modified}, ours {mine.Modified}";
            }

            if (mine.Mode is not null && theirs.Mode != mine.Mode)
            {
                yield return $"mode {name}: {theirs.Mode}, ours {mine.Mode}";
            }

            if (theirs.Target != mine.Target)
            {
                yield return $"target {name}: {theirs.Target}, ours {mine.Target}";
            }

            if (theirs.Hash is not null && theirs.Hash != mine.Hash)
            {
                yield return $"content {name}";
            }
        }

        foreach (var name in ours.Keys.Where(name => !kernel.ContainsKey(name)))
        {
            yield return $"extra {name}";
        }
    }

    /// <summary>
    /// Ours. The kernel's listings are sorted by lines, so that of a name with a newline only its first line can be
    /// told.
    /// </summary>
    public static Dictionary<string, ListedEntry> Ours(IVolume volume, ImageFile image, bool isFolded)
    {
        var listing = new Dictionary<string, ListedEntry>(StringComparer.Ordinal);
        var names = new Dictionary<FileEntry, string>();
        foreach (var entry in volume.Entries)
        {
            var own = Bytewise(volume, entry);
            var name = entry.Parent is { } parent ? $"{names[parent]}/{own}" : own;
            names.Add(entry, name);
            var isFile = entry.Kind == EntryKind.File;
            if (entry.Kind == EntryKind.Stream)
            {
                continue; // no judge lists them
            }

            Add(listing, Key(name, isFolded), new(
                entry.Kind,
                isFile ? entry.Size : null,
                entry.Modified?.ToUnixTimeSeconds(),
                entry.Mode is { } mode ? Convert.ToString((int)(mode & 0xFFF), 8) : null,
                entry.LinkTarget,
                isFile && entry.Size < 60_000_000 ? image.Hash(entry) : null));
        }

        return listing;
    }

    public static Dictionary<string, ListedEntry> Kernels(string path, bool isFolded)
    {
        var listing = new Dictionary<string, ListedEntry>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path, Encoding.Latin1))
        {
            if (EntryLine().Match(line) is { Success: true } entry)
            {
                var match = LinkName().Match(entry.Groups["name"].Value);
                var isLink = match.Success;
                var name = isLink ? match.Groups["name"].Value : entry.Groups["name"].Value[2..];
                var kind = Kind(entry.Groups["type"].Value);
                Add(listing, Key(Decode(name), isFolded), new(
                    kind,
                    kind == EntryKind.File ? Number(entry.Groups["size"].Value) : null,
                    Number(entry.Groups["time"].Value),
                    entry.Groups["mode"].Value,
                    isLink ? Decode(match.Groups["target"].Value) : null,
                    null));
            }
            else if (HashLine().Match(line) is { Success: true } hash
                && listing.TryGetValue(Key(Decode(hash.Groups["name"].Value), isFolded), out var known))
            {
                listing[Key(Decode(hash.Groups["name"].Value), isFolded)] = known with { Hash = hash.Groups["hash"].Value };
            }
        }

        return listing;
    }

    /// <summary>
    /// The kernel shows names that are no UTF-8 as the bytes they are, which are taken as Latin-1 here; we decode them.
    /// </summary>
    private static string Bytewise(IVolume volume, FileEntry entry)
    {
        var raw = entry.RawName.Span;
        if (System.Text.Unicode.Utf8.IsValid(raw) || volume.Kind != FileSystemKind.Iso9660 || volume.Format == "ISO 9660 (Joliet)")
        {
            return entry.Name;
        }

        var text = Encoding.Latin1.GetString(raw);
        return volume.Format == "ISO 9660 (Rock Ridge)" || entry.Kind == EntryKind.Directory
            ? text
            : RecordEnd().Replace(text, "");
    }

    private static void Add(Dictionary<string, ListedEntry> listing, string key, ListedEntry entry)
    {
        while (!listing.TryAdd(key, entry))
        {
            key += " (again)";
        }
    }

    private static string Key(string name, bool isFolded)
    {
        var line = name.Split('\n')[0];
        return isFolded ? line.ToLowerInvariant() : line;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Decode(string latin1)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : latin1;
    }

    private static EntryKind Kind(string type) => type switch
    {
        "directory" => EntryKind.Directory,
        "symbolic link" => EntryKind.SymbolicLink,
        "regular file" or "regular empty file" => EntryKind.File,
        _ => EntryKind.Special,
    };

    [GeneratedRegex(@"^(?<type>[a-z ]+)\|(?<mode>\d+)\|\d+\|\d+\|\d+\|(?<size>\d+)\|(?<time>-?\d+)\|(?<name>(\./|'\./).*)$")]
    private static partial Regex EntryLine();

    [GeneratedRegex(@"\.?;\d+$")]
    private static partial Regex RecordEnd();

    [GeneratedRegex(@"^'\./(?<name>.*)' -> '(?<target>.*)'$")]
    private static partial Regex LinkName();

    [GeneratedRegex(@"^(?<hash>[0-9a-f]{64})  \./(?<name>.*)$")]
    private static partial Regex HashLine();
}
