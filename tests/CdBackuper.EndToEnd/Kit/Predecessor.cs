namespace CdBackuper.EndToEnd.Kit;

/// <summary>Folders as the predecessor script left them.</summary>
internal static class Predecessor
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Kit", "predecessor.sh");

    /// <summary>Does a disc as the script did.</summary>
    /// <param name="bench">Whose archive.</param>
    /// <param name="disc">The disc.</param>
    /// <param name="badMap">A mapfile of sectors that do not read; null for none.</param>
    /// <returns>The disc's folder.</returns>
    public static DiscFolder Import(Bench bench, DiscImage disc, string? badMap = null)
    {
        Directory.CreateDirectory(bench.Archive);
        var before = bench.Discs.Select(folder => folder.Name).ToHashSet(StringComparer.Ordinal);
        Tool.Output("bash", [Script, disc.Path, bench.Archive, .. badMap is null ? Array.Empty<string>() : [badMap]]);
        return bench.Discs.FirstOrDefault(folder => !before.Contains(folder.Name)) ?? bench.OnlyDisc;
    }

    /// <summary>Overwrites a part of a file with zeros, as a hole in the image did.</summary>
    public static void Blank(DiscFolder folder, string file, int start, int length)
    {
        var time = File.GetLastWriteTimeUtc(folder["files/" + file]);
        using (var stream = File.OpenWrite(folder["files/" + file]))
        {
            stream.Position = start;
            stream.Write(new byte[length]);
        }

        File.SetLastWriteTimeUtc(folder["files/" + file], time);
    }
}
