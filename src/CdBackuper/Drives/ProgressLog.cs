using System.Diagnostics;
using System.Globalization;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Drives;

/// <summary>Progress as lines of the log: each stage as it begins, then one line at most every so often.</summary>
internal sealed partial class ProgressLog(ILogger logger, TimeSpan? every = null)
{
    private readonly TimeSpan pause = every ?? TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private long? last;

    public void Take(DiscProgress progress)
    {
        lock (gate)
        {
            last ??= Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(last.Value) < pause)
            {
                return;
            }

            last = Stopwatch.GetTimestamp();
        }

        Log.Progress(logger, Describe(progress));
    }

    /// <returns>"Rescuing 45.2 %, 7864 kB/s, 2 bad areas, 1m 5s left: Copying non-tried blocks".</returns>
    public static string Describe(DiscProgress progress)
    {
        IEnumerable<string?> parts =
        [
            progress.Percent is { } percent
                ? $"{progress.Stage} {percent.ToString("0.0", CultureInfo.InvariantCulture)} %"
                : progress.Stage.ToString(),
            progress.Rate,
            progress.BadAreas is { } areas ? $"{areas} bad areas" : null,
            progress.TimeLeft is { } left ? $"{left} left" : null,
        ];
        var text = string.Join(", ", parts.Where(part => part is not null));
        return progress.Detail is null ? text : $"{text}: {progress.Detail}";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Progress}")]
        public static partial void Progress(ILogger logger, string progress);
    }
}
