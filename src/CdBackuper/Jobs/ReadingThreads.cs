using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CdBackuper.Jobs;

/// <summary>Does many short waits for the archive at once, on threads of its own: the pool would start them too slowly.</summary>
internal static class ReadingThreads
{
    /// <param name="items">What to do something with; few are done on the caller's thread.</param>
    /// <param name="atOnce">How many threads at the most.</param>
    /// <param name="action">Called from several threads. Its first exception climbs when all have ended.</param>
    public static void Each<T>(IReadOnlyCollection<T> items, int atOnce, Action<T> action)
    {
        var queue = new ConcurrentQueue<T>(items);
        ExceptionDispatchInfo? problem = null;
        void Work()
        {
            while (problem is null && queue.TryDequeue(out var item))
            {
                try
                {
                    action(item);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    // The caller's business, on the caller's thread.
                    problem = ExceptionDispatchInfo.Capture(fault);
                }
            }
        }

        var threads = Enumerable.Range(0, Math.Max(0, Math.Min(atOnce, items.Count) - 1))
            .Select(_ => new Thread(Work) { IsBackground = true, Name = "archive reader" })
            .ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        Work();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        problem?.Throw();
    }
}
