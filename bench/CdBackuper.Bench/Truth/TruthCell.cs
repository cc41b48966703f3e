using System.Text.Json.Nodes;

namespace CdBackuper.Bench.Truth;

/// <summary>What came of one insertion.</summary>
/// <param name="Drive">Which drive it was.</param>
/// <param name="Readable">Files that the drives so far can read in whole, at some try.</param>
/// <param name="Whole">Files that are whole in the archive.</param>
/// <param name="BytesUnreadable">Bytes of files that none of the drives so far reads.</param>
/// <param name="BytesLost">Bytes of files that are not in the archive.</param>
/// <param name="Wrongs">What the program says and is not so.</param>
internal sealed record TruthAttempt(string Drive, int Readable, int Whole, long BytesUnreadable, long BytesLost, IReadOnlyList<string> Wrongs);

/// <summary>One disc with one kind of damage, put into one drive after the other.</summary>
internal static class TruthCell
{
    /// <summary>Once more into the same drive, then into one that reads other sectors; last a good copy of the disc.</summary>
    public static IReadOnlyList<string> Drives { get; } = ["A", "A", "B", "good"];

    /// <param name="folder">For this cell alone; removed afterwards.</param>
    /// <param name="program">cdbackuper.</param>
    /// <param name="disc">The disc.</param>
    /// <param name="damage">The kind of damage.</param>
    public static IReadOnlyList<TruthAttempt> Run(string folder, string program, TruthDisc disc, string damage)
    {
        var (judges, attempts, never) = (new Dictionary<string, TruthJudge>(), new List<TruthAttempt>(), new HashSet<long>());
        foreach (var drive in Drives)
        {
            var hurt = TruthDamage.Make(disc, damage, drive, attempts.Count(attempt => attempt.Drive == drive));
            var dead = hurt.Where(sector => sector.Value == 0).Select(sector => sector.Key).ToHashSet();
            never = attempts.Count == 0 ? dead : [.. never.Intersect(dead)];
            var sectors = disc.SectorCount - (damage == "run-out" && drive == "B" ? TruthDiscs.RunOut : 0);
            using var inserted = new TruthDrive(Path.Combine(folder, $"{attempts.Count + 1}-{drive}"), disc, hurt, sectors);
            var (code, output, error) = Tool.TryRun(program, ["import", inserted.Path, "--archive", Path.Combine(folder, "archive"), "--json"], Settings(folder, drive));
            var gave = inserted.End();
            var (whole, lost, wrongs) = Judge(folder, judges, disc, gave, code, output, error);
            attempts.Add(new(
                drive,
                disc.Files.Count(file => !file.Sectors.Any(never.Contains)),
                whole,
                disc.Files.Sum(file => file.Sectors.Select((sector, index) => never.Contains(sector) ? Math.Min(2048, file.Content.Length - (index * 2048L)) : 0).Sum()),
                lost,
                wrongs));
        }

        Directory.Delete(folder, recursive: true);
        return attempts;
    }

    private static (int Whole, long Lost, IReadOnlyList<string> Wrongs) Judge(
        string folder, Dictionary<string, TruthJudge> judges, TruthDisc disc, HashSet<long> gave, int code, string output, string error)
    {
        string? name;
        try
        {
            name = JsonNode.Parse(output)?["folder"]?.GetValue<string>();
        }
        catch (System.Text.Json.JsonException)
        {
            name = null;
        }

        if (name is null)
        {
            return (0, disc.Files.Sum(file => (long)file.Content.Length), [$"exit code {code} without a folder: {error.Trim().Split('\n')[^1]}"]);
        }

        var isKnown = judges.TryGetValue(name, out var judge);
        judge ??= judges[name] = new(disc);
        var wrongs = judge.After(new(Path.Combine(folder, "archive", name)), gave, code);
        return (judge.Whole, judge.BytesLost, isKnown || judges.Count == 1 ? wrongs : [.. wrongs, $"the disc was taken for another one: {name}"]);
    }

    /// <summary>Inherits no setting of the machine.</summary>
    private static Dictionary<string, string?> Settings(string folder, string drive) => new(StringComparer.Ordinal)
    {
        ["NODE_NAME"] = "drive-" + drive,
        ["DEVICE_GLOB"] = Path.Combine(folder, "none*"),
        ["RETRIES"] = "2",
        ["DATA_ROOT"] = null,
        ["TIMEOUT"] = null,
        ["UNOWNED_SHARE"] = null,
        ["MIN_YIELD"] = null,
        ["PATIENCE"] = null,
        ["EXTRACT_FILES"] = null,
        ["DELETE_ISO_ON_SUCCESS"] = null,
        ["REQUIRE_MOUNT"] = null,
        ["DISCORD_WEBHOOK_URL"] = null,
        ["NOTIFY_WEBHOOK_URL"] = null,
        ["NOTIFY_NTFY_URL"] = null,
        ["NOTIFY_APPRISE_URL"] = null,
        ["NOTIFY_HOOK"] = null,
    };
}
