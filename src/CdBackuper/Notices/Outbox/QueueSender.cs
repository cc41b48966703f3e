using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Notices.Targets;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices.Outbox;

/// <summary>Sends what waits for one target, in order. What decides is here; when it is called again is the caller's.</summary>
internal sealed partial class QueueSender(OutboxQueue queue, INoticeTarget target, NoticeLedger ledger, TimeProvider clock, ILogger logger)
{
    /// <summary>A notice that is so old says nothing new: who wants to know looks into the archive.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>Marks outlive whoever may try to add a notice again.</summary>
    private static readonly TimeSpan MarkAge = TimeSpan.FromDays(60);

    /// <summary>A notice that may have arrived is sent once more, and then no more.</summary>
    private const int MaxDoubts = 2;

    /// <summary>A notice that the target fails at, while others pass, is given up then.</summary>
    private const int MaxFailures = 5;

    /// <summary>So many messages of late are looked through for one that was sent and not marked.</summary>
    private const int MaxLookedUp = 200;

    /// <summary>A process that notes a failure again and again would fill the log.</summary>
    private string? lastTrouble;

    public OutboxQueue Queue => queue;

    public INoticeTarget Target => target;

    /// <summary>Sends what waits until all is sent, or the target can't take more now. Only with the queue's claim.</summary>
    /// <returns>Null where nothing waits that could be sent; else what the target said, with how long to wait at least.</returns>
    public async Task<Delivery.Later?> SendAllAsync(CancellationToken cancellationToken)
    {
        queue.DeleteOld(clock.GetUtcNow() - MarkAge);
        foreach (var id in queue.Waiting())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (queue.LoadBroken(target.Fingerprint) is not null)
            {
                return null;
            }

            if (Prepare(id) is { } entry && await SendAsync(entry, cancellationToken) is { } later)
            {
                TellOnce(later.Answer);
                return later;
            }
        }

        lastTrouble = null;
        return null;
    }

    /// <returns>The entry as it is to be sent; null where there is nothing to send.</returns>
    private OutboxEntry? Prepare(string id)
    {
        if (queue.IsSent(id))
        {
            queue.Remove(id);
            return null;
        }

        if (queue.Load(id) is not { } entry)
        {
            queue.SetAside(id, clock.GetUtcNow());
            return null;
        }

        var noted = entry.Doubts > 0 ? FindNoted(id) : null;
        var (why, answer) = noted is not null ? (null, $"message {noted.Message}")
            : clock.GetUtcNow() - entry.Notice.Time > MaxAge ? ("it is too old", "dropped: too old")
            : entry.Doubts >= MaxDoubts ? ("it was sent twice, and no answer came: it may be there", "sent twice, without an answer")
            : entry.Failures >= MaxFailures ? ("the target failed at it again and again", "given up")
            : (null, (string?)null);
        if (answer is null)
        {
            return entry;
        }

        if (why is not null)
        {
            Log.Dropped(logger, target.Name, id, why);
        }

        queue.MarkSent(id, new(clock.GetUtcNow(), answer));
        return null;
    }

    /// <summary>The message was noted with the disc, and the program ended before it marked the notice: the note is the mark.</summary>
    private SentNotice? FindNoted(string id) => ledger.Messages().TakeLast(MaxLookedUp).Reverse().Select(ledger.Find)
        .FirstOrDefault(message => message?.Notice == id);

    private async Task<Delivery.Later?> SendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Doubts > 0 && !await target.AnswersAsync(cancellationToken))
        {
            // While it does not even say that it is there, a second try would be as doubtful as the first.
            return new($"{target.Address} does not answer");
        }

        // Should the program end before the answer is noted, the entry says that it may have arrived.
        queue.Store(entry with { Doubts = entry.Doubts + 1 });
        var delivery = await target.SendAsync(entry, cancellationToken);
        var id = entry.Notice.Id;
        switch (delivery)
        {
            case Delivery.Done done:
                if (done.Message is not null)
                {
                    ledger.Record(done.Message);
                }

                queue.MarkSent(id, new(clock.GetUtcNow(), done.Answer));
                Log.Sent(logger, target.Name, id, done.Answer);
                return null;
            case Delivery.Refused refused:
                queue.MarkSent(id, new(clock.GetUtcNow(), refused.Answer));
                Log.Refused(logger, target.Name, id, refused.Answer);
                return null;
            case Delivery.Broken broken:
                queue.Store(entry);
                queue.StoreBroken(new(clock.GetUtcNow(), target.Fingerprint, broken.Answer, broken.Next));
                Log.Broken(logger, target.Name, broken.Answer, broken.Next);
                return null;
            case Delivery.Failed failed:
                queue.Store(entry with { Failures = entry.Failures + 1 });
                return new(failed.Answer);
            case Delivery.Unknown unknown:
                return new(unknown.Answer);
            case Delivery.Later later:
                queue.Store(entry);
                return later;
            default:
                throw new ArgumentOutOfRangeException(nameof(entry), delivery, "A delivery without a meaning.");
        }
    }

    private void TellOnce(string trouble)
    {
        if (trouble != lastTrouble)
        {
            Log.Later(logger, target.Name, queue.Waiting().Count, trouble);
        }

        lastTrouble = trouble;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Notice {Id} was sent to {Target}: {Answer}")]
        public static partial void Sent(ILogger logger, string target, string id, string answer);

        [LoggerMessage(LogLevel.Warning, "{Target} does not take notices now; waiting in the outbox: {Count}. {Trouble}")]
        public static partial void Later(ILogger logger, string target, int count, string trouble);

        [LoggerMessage(LogLevel.Error, "{Target} refused notice {Id}, which is not sent again: {Answer}")]
        public static partial void Refused(ILogger logger, string target, string id, string answer);

        [LoggerMessage(LogLevel.Error, "{Target} is not used any more: {Answer} {Next} What waits is kept, and sent once the setting is another.")]
        public static partial void Broken(ILogger logger, string target, string answer, string next);

        [LoggerMessage(LogLevel.Warning, "Notice {Id} is not sent to {Target} any more: {Why}")]
        public static partial void Dropped(ILogger logger, string target, string id, string why);
    }
}
