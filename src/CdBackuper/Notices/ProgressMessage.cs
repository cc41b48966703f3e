using System.Text.Json;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Drives;
using CdBackuper.Jobs;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Notices;

/// <summary>
/// Says in one message how far a disc is, while it is read. Of what a crash leaves standing the next disc in the same drive makes an end.
/// Nothing of it is worth trying twice.
/// </summary>
/// <param name="target">Where.</param>
/// <param name="root">The archive.</param>
/// <param name="leftPath">Where it is noted which message stands, one file a drive.</param>
/// <param name="title">Which disc.</param>
/// <param name="folder">The disc's folder, once it has one; null till then.</param>
/// <param name="clock">For the pauses.</param>
internal sealed class ProgressMessage(
    IProgressTarget target, ArchiveRoot root, string leftPath, string title, Func<string?> folder, TimeProvider clock)
{
    private const string StoppedText = "The program was stopped meanwhile. The disc goes on from there, or when it is put in again.";

    private readonly TaskCompletionSource<bool> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NoticeLedger ledger = new(root);
    private volatile DiscProgress latest = new(DiscStage.Identifying);
    private bool isNoted;

    /// <summary>Takes how far the disc is. Waits for nothing.</summary>
    public void Take(DiscProgress progress) => latest = progress;

    /// <summary>The disc is done: the message becomes "finished". Waits for nothing.</summary>
    /// <param name="isInterrupted">True where it goes on another time: then nothing is finished, and no notice follows.</param>
    public void End(bool isInterrupted) => end.TrySetResult(isInterrupted);

    /// <summary>Runs until the disc is done.</summary>
    /// <param name="stop">The program ends: the message is left as it is.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        await EndLeftAsync(stop);
        if (!await WaitAsync(ProgressRule.FirstAfter, stop)
            || await target.CreateAsync(title, ProgressLog.Describe(latest), stop) is not { } message)
        {
            return;
        }

        var (begin, shown) = (clock.GetTimestamp(), "");
        Directory.CreateDirectory(Path.GetDirectoryName(leftPath)!);
        root.Files.Write(leftPath, JsonSerializer.Serialize(message, ArchiveJson.Camel.SentNotice));
        var isThere = true;
        do
        {
            Note(message);
            var text = ProgressLog.Describe(latest);
            if (isThere && text != shown && shown.Length > 0)
            {
                isThere = await target.EditAsync(message.Message, title, text, stop);
            }

            shown = text;
        }
        while (await WaitAsync(ProgressRule.Pause(clock.GetElapsedTime(begin)), stop));

        if (stop.IsCancellationRequested)
        {
            return;
        }

        Note(message);
        if (isThere)
        {
            var time = Words.Duration(clock.GetElapsedTime(begin) + ProgressRule.FirstAfter);
            await target.EditAsync(message.Message, title, await end.Task ? StoppedText : $"Finished after {time}; see below.", stop);
        }

        File.Delete(leftPath);
    }

    /// <summary>A reply to this message is a label too, once it is known of which disc.</summary>
    private void Note(SentNotice message)
    {
        if (!isNoted && folder() is { } name)
        {
            ledger.Record(message with { Folder = name });
            isNoted = true;
        }
    }

    private async Task EndLeftAsync(CancellationToken stop)
    {
        if (OutboxQueue.Load(leftPath, ArchiveJson.Camel.SentNotice) is { } left)
        {
            await target.EditAsync(left.Message, title, StoppedText, stop);
            File.Delete(leftPath);
        }
    }

    /// <returns>False where the disc is done, or the program ends, before.</returns>
    private async Task<bool> WaitAsync(TimeSpan time, CancellationToken stop)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(end.Task, Task.Delay(time, clock, pause.Token));
        await pause.CancelAsync();
        return !end.Task.IsCompleted && !stop.IsCancellationRequested;
    }
}
