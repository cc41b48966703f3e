using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CdBackuper.Bench.Truth;

/// <summary>Discs by kinds of damage by a sequence of drives: what the program says after each insertion, against the truth.</summary>
internal static class TruthGrid
{
    /// <param name="folder">Where all is made.</param>
    /// <param name="program">cdbackuper.</param>
    /// <param name="slice">"all"; "slice" for each kind of damage on one kind of disc; or words of a disc's and a damage's kind: "udf/spots".</param>
    /// <returns>0 where the program said nothing wrong.</returns>
    public static int Run(string folder, string program, string slice)
    {
        var began = Stopwatch.GetTimestamp();
        var cells = Cells(slice).ToArray();
        var discs = cells.Select(cell => cell.Disc).Distinct().ToDictionary(kind => kind, kind => TruthDiscs.Make(folder, kind));
        var results = new ConcurrentDictionary<(string Disc, string Damage), IReadOnlyList<TruthAttempt>>();
        var done = 0;
        Parallel.ForEach(
            Partitioner.Create(cells, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount },
            cell =>
            {
                var own = Path.Combine(folder, $"{cell.Disc}-{cell.Damage}".Replace(' ', '-'));
                var attempts = results[cell] = TruthCell.Run(own, program, discs[cell.Disc], cell.Damage);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Interlocked.Increment(ref done),3}/{cells.Length} {Stopwatch.GetElapsedTime(began).TotalSeconds,4:0} s  {cell.Disc}, {cell.Damage}: {attempts.Sum(attempt => attempt.Wrongs.Count)} wrong"));
            });
        Print("damage", TruthDamage.Kinds, kind => results.Where(result => result.Key.Damage == kind).Select(result => result.Value));
        Print("disc", TruthDiscs.Kinds, kind => results.Where(result => result.Key.Disc == kind).Select(result => result.Value));
        foreach (var ((disc, damage), attempts) in results.OrderBy(result => result.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var (attempt, index) in attempts.Select((attempt, index) => (attempt, index)))
            {
                foreach (var wrong in attempt.Wrongs)
                {
                    Console.WriteLine($"WRONG {disc}, {damage}, insertion {index + 1} (drive {attempt.Drive}): {wrong}");
                }
            }
        }

        var wrongs = results.Values.SelectMany(attempts => attempts).Sum(attempt => attempt.Wrongs.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count} discs, {results.Values.Sum(attempts => attempts.Count)} insertions, {wrongs} wrong verdicts"));
        return wrongs == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Disc, string Damage)> Cells(string slice)
    {
        var words = slice.Split('/');
        var all = TruthDamage.Kinds.SelectMany((damage, row) => TruthDiscs.Kinds.Select((disc, column) => (Cell: (disc, damage), IsOfSlice: row % TruthDiscs.Kinds.Count == column)));
        return all.Where(each => slice switch
        {
            "all" => true,
            "slice" => each.IsOfSlice,
            _ => each.Cell.disc.Contains(words[0], StringComparison.OrdinalIgnoreCase) && each.Cell.damage.Contains(words[^1], StringComparison.OrdinalIgnoreCase),
        }).Select(each => each.Cell);
    }

    private static void Print(string what, IEnumerable<string> kinds, Func<string, IEnumerable<IReadOnlyList<TruthAttempt>>> find)
    {
        Console.WriteLine($"\n| {what} | files | {string.Join(" | ", TruthCell.Drives.Select((drive, index) => $"{index + 1}: drive {drive}"))} | wrong verdicts |");
        Console.WriteLine($"|---|---|{string.Concat(TruthCell.Drives.Select(_ => "---|"))}---|");
        foreach (var kind in kinds)
        {
            var cells = find(kind).ToArray();
            if (cells.Length == 0)
            {
                continue;
            }

            var columns = TruthCell.Drives.Select((_, index) =>
            {
                var attempts = cells.Select(cell => cell[index]).ToArray();
                var (lost, dead) = (attempts.Sum(attempt => attempt.BytesLost), attempts.Sum(attempt => attempt.BytesUnreadable));
                return string.Create(CultureInfo.InvariantCulture, $"{attempts.Sum(attempt => attempt.Whole)} of {attempts.Sum(attempt => attempt.Readable)}; {lost:N0} of {dead:N0}");
            });
            var wrongs = cells.SelectMany(cell => cell).Sum(attempt => attempt.Wrongs.Count);
            Console.WriteLine($"| {kind} | {cells.Sum(cell => cell[^1].Readable).ToString(CultureInfo.InvariantCulture)} | {string.Join(" | ", columns)} | {wrongs} |");
        }

        Console.WriteLine();
    }
}
