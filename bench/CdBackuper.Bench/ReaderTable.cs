using System.Globalization;

namespace CdBackuper.Bench;

/// <summary>Prints how many images of each kind our reader gets right, beside what the corpus says of other tools.</summary>
internal static class ReaderTable
{
    /// <summary>How long one image may take; far more than any takes.</summary>
    public const int LimitSeconds = 60;

    /// <summary>The columns of tools-compared.txt that are shown: how many images, how many the kernel mounts, and tools.</summary>
    private static readonly string[] Columns = ["n", "kernel mounts", "bsdtar", "7z", "xorriso", "isoinfo-l"];

    /// <param name="corpus">The folder with MANIFEST.tsv and tools-compared.txt.</param>
    /// <param name="images">Its images, unpacked.</param>
    public static void Print(string corpus, string images)
    {
        var ours = File.ReadLines(Path.Combine(corpus, "MANIFEST.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Select(parts => (Image: parts[0], Row: ImageKinds.RowOf(parts[0], parts[1])))
            .Where(image => image.Row is not null && File.Exists(Path.Combine(images, image.Image)))
            .ToLookup(image => image.Row, image => ImageJudge.Judge(images, image.Image));
        var theirs = File.ReadLines(Path.Combine(corpus, "tools-compared.txt"))
            .Select(line => line.Split('|')).TakeWhile(parts => parts.Length > Columns.Length).ToList();
        int[] columns = [.. Columns.Select(column => Array.IndexOf(theirs[0], column))];

        Console.WriteLine($"| kind of image | images here | cdbackuper | {string.Join(" | ", columns.Select(column => theirs[0][column]))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", columns.Length))}");
        foreach (var row in theirs.Skip(1))
        {
            var verdicts = ours[row[0]].ToList();
            var cells = columns.Select(column => row[column].Replace("~", " partly", StringComparison.Ordinal).Replace("+", ", ", StringComparison.Ordinal));
            Console.WriteLine($"| {row[0]} | {verdicts.Count} | {Summary(verdicts)} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Summary(List<ImageVerdict> verdicts) => verdicts.Count == 0 ? "-" : string.Join(", ", verdicts
        .GroupBy(verdict => verdict).OrderBy(group => group.Key)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));
}
