using System.Globalization;

namespace CdBackuper.Bench;

/// <summary>Prints lines of "name TAB seconds" as a table: median, least, and their ratios to those of one of the names.</summary>
internal static class FigureTable
{
    public static void Print(string path, string reference)
    {
        var figures = File.ReadLines(path).Select(line => line.Split('\t'))
            .GroupBy(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
            .Select(group => (Name: group.Key, Sorted: group.Order().ToArray())).ToArray();
        var unit = figures.First(figure => figure.Name == reference).Sorted;
        Console.WriteLine("| | rounds | median s | least s | ratio of medians | ratio of least |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, sorted) in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {sorted.Length} | {Median(sorted):0.00} | {sorted[0]:0.00} | {Median(sorted) / Median(unit):0.00} | {sorted[0] / unit[0]:0.00} |"));
        }
    }

    /// <returns>The middle of sorted figures; of an even number the mean of the two in the middle.</returns>
    public static double Median(IReadOnlyList<double> sorted) =>
        (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
