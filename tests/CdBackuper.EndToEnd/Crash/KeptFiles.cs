using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>What an archive held of a disc's files before something happened to it, to see that nothing of it is lost.</summary>
internal sealed class KeptFiles
{
    private readonly string archive;
    private readonly Dictionary<string, (byte[] Bytes, string Stamp)> before = new(StringComparer.Ordinal);

    public KeptFiles(string archive)
    {
        this.archive = archive;
        foreach (var folder in DiscsOf(archive))
        {
            var stamps = folder.Inodes();
            foreach (var (path, stamp) in stamps)
            {
                var file = folder["files/" + path];
                before[path] = (File.ReadAllBytes(file), stamp);
            }
        }
    }

    public static IReadOnlyList<DiscFolder> DiscsOf(string archive) => !Directory.Exists(archive) ? [] :
    [
        .. Directory.EnumerateDirectories(archive)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && Directory.Exists(Path.Combine(path, "files")))
            .Order(StringComparer.Ordinal).Select(path => new DiscFolder(path)),
    ];

    /// <returns>What got worse, a line each: bytes that were right and are no longer, perfect files that were touched.</returns>
    public IReadOnlyList<string> Worse(DiscImage disc)
    {
        var worse = new List<string>();
        var folders = DiscsOf(archive);
        var stamps = folders.Count == 0 ? [] : folders[0].Inodes();
        foreach (var (path, (bytes, stamp)) in before)
        {
            var truth = File.ReadAllBytes(disc.SourceOf(path));
            var now = folders.Count > 0 && File.Exists(folders[0]["files/" + path]) ? File.ReadAllBytes(folders[0]["files/" + path]) : [];
            var lost = Enumerable.Range(0, bytes.Length).Count(at => bytes[at] == truth[at] && (at >= now.Length || now[at] != truth[at]));
            if (lost > 0)
            {
                worse.Add($"{path}: {lost} bytes that were right are no longer");
            }
            else if (bytes.AsSpan().SequenceEqual(truth) && stamps.GetValueOrDefault(path) != stamp)
            {
                worse.Add($"{path} was perfect, and was touched");
            }
        }

        return worse;
    }

    /// <returns>What an archive claims and does not hold: a disc called whole with a file that is not the disc's.</returns>
    public static IReadOnlyList<string> Lies(string archive, DiscImage disc)
    {
        var lies = new List<string>();
        foreach (var folder in DiscsOf(archive).Where(folder => File.Exists(folder["status.json"])))
        {
            if (folder.Status.Text("condition") == "whole" && !folder.Hashes.SequenceEqual(disc.Hashes))
            {
                lies.Add($"{folder.Name} is called whole, and is not");
            }
        }

        return lies;
    }
}
