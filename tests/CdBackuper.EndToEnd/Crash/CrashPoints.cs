using System.Globalization;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>Which points of a run are tried: a few in the usual tests, all or many by tests/crash/run.</summary>
internal static class CrashPoints
{
    private const string Variable = "CDBACKUPER_CRASH_POINTS";
    private const int Few = 4;
    private const int Most = 100_000;

    /// <returns>Points from 1 to <paramref name="calls"/>, evenly spread; all of them where that many were asked for.</returns>
    public static IReadOnlyList<int> Of(int calls)
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        var count = asked == "all" ? Math.Min(calls, Most)
            : string.IsNullOrEmpty(asked) ? Few
            : int.Parse(asked, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, Math.Min(count, calls)).Select(index => (int)(1 + ((index + 0.5) * calls / Math.Min(count, calls)))).Distinct()];
    }

    /// <summary>How often a race is run: a few times in the usual tests.</summary>
    public static IReadOnlyList<int> Rounds => [.. Enumerable.Range(1, Math.Min(Of(int.MaxValue).Count, 20))];

    /// <summary>Tries each point, two at a time, prints how many there were, and fails with all that went wrong.</summary>
    public static void Try(string what, IReadOnlyList<int> points, Func<int, IReadOnlyList<string>> attempt)
    {
        var wrong = new SortedDictionary<int, IReadOnlyList<string>>();
        Parallel.ForEach(points, new() { MaxDegreeOfParallelism = 2 }, point =>
        {
            IReadOnlyList<string> found;
            try
            {
                found = attempt(point);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Points are tried to the end, so that one failure does not hide the others.
                found = [problem.Message];
            }

            lock (wrong)
            {
                if (found.Count > 0)
                {
                    wrong[point] = found;
                }
            }
        });
        var summary = $"{what}: {points.Count} points tried, {wrong.Count} failures";
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(wrong.Count == 0, $"{summary}\n{string.Join("\n", wrong.Select(pair => $"point {pair.Key}:\n  {string.Join("\n  ", pair.Value)}"))}");
    }
}
