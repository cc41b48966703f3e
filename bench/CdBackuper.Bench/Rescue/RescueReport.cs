using System.Globalization;
using System.Text;

namespace CdBackuper.Bench.Rescue;

/// <summary>The table, and the plot of files whole over time, of lines "case TAB method TAB recoverable TAB whole TAB seconds TAB times TAB seconds for who knew all TAB for who knew the places".</summary>
internal static class RescueReport
{
    private const int Width = 300;
    private const int Height = 150;
    private const int Margin = 40;
    private const int Columns = 3;

    private static readonly (string Method, string Color)[] Methods =
        [("dd", "#888888"), ("two passes", "#d08020"), ("cdbackuper", "#2060c0")];

    public static void Print(string path, string chartPath)
    {
        var cases = File.ReadLines(path).Select(line => line.Split('\t')).GroupBy(parts => parts[0])
            .Select(group => (Name: group.Key, Runs: group.ToDictionary(parts => parts[1]))).ToArray();
        Console.WriteLine("| damage | recoverable files | dd: whole, s | two passes: whole, s | cdbackuper: whole, s | ratio to two passes | who knew the places, s | its ratio | who knew all, s | its ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var (ratios, placesRatios, allRatios) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (name, runs) in cases)
        {
            var (theirs, ours) = (SecondsOf(runs["two passes"]), SecondsOf(runs["cdbackuper"]));
            var all = double.Parse(runs["dd"][6], CultureInfo.InvariantCulture);
            var places = double.Parse(runs["dd"][7], CultureInfo.InvariantCulture);
            placesRatios.Add(places / theirs);
            allRatios.Add(all / theirs);
            if (double.IsFinite(theirs) || double.IsFinite(ours))
            {
                ratios.Add(ours / theirs);
            }

            var cells = Methods.Select(method => $"{runs[method.Method][3]}, {(runs[method.Method][4] == "-" ? "never all" : runs[method.Method][4])}");
            var ratio = !double.IsFinite(ours) && !double.IsFinite(theirs) ? "-" : Of("0.00", ours / theirs);
            Console.WriteLine($"| {name} | {runs["dd"][2]} | {string.Join(" | ", cells)} | {ratio} | {Of("0.0", places)} | {Of("0.00", places / theirs)} | {Of("0.0", all)} | {Of("0.00", all / theirs)} |");
        }

        ratios.Sort();
        placesRatios.Sort();
        allRatios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\nMedian of the ratios {FigureTable.Median(ratios):0.00}, the largest {ratios[^1]:0.00}; of who knew the places, {FigureTable.Median(placesRatios):0.00}, of who knew all, {FigureTable.Median(allRatios):0.00}."));
        File.WriteAllText(chartPath, Chart(cases));
    }

    private static string Of(string format, double number) => number.ToString(format, CultureInfo.InvariantCulture);

    private static double SecondsOf(string[] run) =>
        run[4] == "-" ? double.PositiveInfinity : double.Parse(run[4], CultureInfo.InvariantCulture);

    private static string Chart((string Name, Dictionary<string, string[]> Runs)[] cases)
    {
        var rows = (cases.Length + Columns - 1) / Columns;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Columns * (Width + Margin) + Margin}\" height=\"{rows * (Height + 2 * Margin) + Margin}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (var index = 0; index < cases.Length; index++)
        {
            Panel(svg, cases[index].Name, cases[index].Runs, Margin + (index % Columns * (Width + Margin)), Margin + (index / Columns * (Height + 2 * Margin)));
        }

        for (var index = 0; index < Methods.Length; index++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + (index * 110)}\" y=\"20\" fill=\"{Methods[index].Color}\">{Methods[index].Method}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, string name, Dictionary<string, string[]> runs, int left, int top)
    {
        var times = runs.ToDictionary(run => run.Key, run => run.Value[5].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray());
        var (end, all) = (times.Values.Max(list => list.Length == 0 ? 1 : list[^1]), int.Parse(runs["dd"][2], CultureInfo.InvariantCulture));
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"{top - 4}\">{name}: {all} files, {end:0} s</text>\n<path d=\"M{left},{top}v{Height}h{Width}\" stroke=\"black\" fill=\"none\"/>\n");
        foreach (var (method, color) in Methods)
        {
            var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{left},{top + Height}"));
            for (var count = 0; count < times[method].Length; count++)
            {
                line.Append(CultureInfo.InvariantCulture, $"H{left + (times[method][count] / end * Width):0.0}V{top + Height - ((count + 1.0) / all * Height):0.0}");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{line}\" stroke=\"{color}\" fill=\"none\" stroke-width=\"1.5\"/>\n");
        }
    }
}
