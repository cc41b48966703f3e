using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// All that an archive says and holds, save what may differ between a run that was disturbed and one that was not: how many
/// attempts there were, when, and what they advise. Two archives with equal facts are the same to whoever uses them.
/// </summary>
internal static partial class ArchiveFacts
{
    private static readonly string[] OfTheAttempt = ["started", "finished", "is_retry", "retry_nodes", "node", "next"];

    /// <returns>One line for each thing below the archive's root, in order.</returns>
    public static IReadOnlyList<string> Of(string archive)
    {
        var facts = new List<string>();
        foreach (var path in Directory.EnumerateFileSystemEntries(archive, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(archive, path);
            var says = Directory.Exists(path) ? "folder" : Says(path);
            if (says is not null)
            {
                facts.Add($"{Moment().Replace(name, "-*")}: {says}");
            }
        }

        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    /// <returns>What differs, a line each; empty for nothing.</returns>
    public static IReadOnlyList<string> Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual) =>
        [.. expected.Except(actual).Select(line => $"- {line}"), .. actual.Except(expected).Select(line => $"+ {line}")];

    private static string? Says(string path)
    {
        var name = Path.GetFileName(path);
        var isRecord = !path.Contains("/files/", StringComparison.Ordinal);
        if (isRecord && name.StartsWith("ddrescue-output.txt", StringComparison.Ordinal))
        {
            return null;
        }

        if (isRecord && Path.GetFileName(Path.GetDirectoryName(path)) == "attempts")
        {
            return IsWholeJson(path) ? null : "an attempt cut off";
        }

        return (isRecord, name) switch
        {
            (true, "status.json") => Lasting(path),
            (true, "ddrescue.mapfile") => Finished(path),
            (true, "blkid.txt" or "isoinfo.txt") => $"{new FileInfo(path).Length > 0}",
            (true, _) when name.EndsWith(".json", StringComparison.Ordinal) => File.ReadAllText(path),
            _ => $"{FileHashes.Of(path)} {File.GetLastWriteTimeUtc(path).Ticks * (isRecord ? 0 : 1)}",
        };
    }

    private static bool IsWholeJson(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Lasting(string path)
    {
        var status = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var field in OfTheAttempt)
        {
            status.Remove(field);
        }

        return status.ToJsonString();
    }

    [GeneratedRegex(@"-\d{8}-\d{6}(-\d+)?")]
    private static partial Regex Moment();

    /// <summary>Which bytes were read; how ddrescue calls the others depends on how far it came.</summary>
    private static string Finished(string path)
    {
        var runs = new List<(long Start, long End)>();
        foreach (var fields in File.ReadLines(path).Where(line => !line.StartsWith('#')).Skip(1).Select(line => line.Fields(' ')))
        {
            var start = Convert.ToInt64(fields[0], 16);
            var end = start + Convert.ToInt64(fields[1], 16);
            if (fields[2] == "+" && runs.Count > 0 && runs[^1].End == start)
            {
                runs[^1] = (runs[^1].Start, end);
            }
            else if (fields[2] == "+")
            {
                runs.Add((start, end));
            }
        }

        return string.Join(' ', runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Start}-{run.End}")));
    }
}
