using System.Collections.Concurrent;
using CdBackuper.Notices.Outbox;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices;

/// <summary>What runs beside the drives: seeds become entries, entries are sent, progress is shown. Whatever becomes of it, discs go on.</summary>
internal sealed partial class NoticeSending(NoticeWriter writer, IReadOnlyList<TargetLane> lanes, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>How long an end waits for what is being sent right now.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked for what other processes left.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim toOpen = new(0);
    private readonly ConcurrentDictionary<Task, bool> running = [];

    /// <summary>Runs until it ends by itself, or this is disposed of.</summary>
    public void Add(Func<CancellationToken, Task> work) => Keep(Task.Run(() => GuardAsync(work(stop.Token))));

    /// <summary>Says that an attempt was recorded.</summary>
    public void Wake() => toOpen.Release();

    /// <summary>Begins to send in the background, what earlier processes left first.</summary>
    public void Start()
    {
        Add(OpenAsync);
        foreach (var lane in lanes)
        {
            Add(token => lane.RunAsync(untilEmpty: false, clock, token));
        }
    }

    /// <summary>Sends what waits, as far as that can be done within a limit; the rest stays in the outbox.</summary>
    public async Task SendWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        TryOpenAll(ended.Token);
        foreach (var lane in lanes)
        {
            Keep(Task.Run(() => GuardAsync(lane.RunAsync(untilEmpty: true, clock, ended.Token)), CancellationToken.None));
        }

        await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(Timeout.InfiniteTimeSpan, ended.Token));
        await ended.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(StopLimit, CancellationToken.None));
    }

    /// <summary>Ends what is being sent; what did not arrive stays in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running.Keys), Task.Delay(StopLimit));
    }

    /// <summary>What has ended is let go: a program that watches runs for years.</summary>
    private void Keep(Task task)
    {
        running.TryAdd(task, true);
        task.ContinueWith(ended => running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TryOpenAll(cancellationToken);
            await toOpen.WaitAsync(BetweenLooks, cancellationToken);
        }
    }

    private void TryOpenAll(CancellationToken cancellationToken)
    {
        try
        {
            writer.OpenAll(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The seeds stay, and are opened when the next attempt is told or the program starts anew.
            Log.NotOpened(logger, fault.Message);
        }
    }

    /// <summary>Whatever ends a task here ends neither the program nor a disc, and is said.</summary>
    private async Task GuardAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Its time was up: what it did not send stays in the outbox.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.Ended(logger, fault.Message);
        }
#pragma warning disable CA1031 // a defect here must not cost a disc
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.Broke(logger, defect);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A notice's progress ended: {Problem}")]
        public static partial void Ended(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Error, "Notices are not sent any more until the program starts anew, by a defect of it")]
        public static partial void Broke(ILogger logger, Exception defect);

        [LoggerMessage(LogLevel.Warning, "Notices wait, since the archive can't be read: {Problem}")]
        public static partial void NotOpened(ILogger logger, string problem);
    }
}
