using System.Collections.Concurrent;
using System.Threading.Channels;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Notices.Outbox;

/// <summary>The way of notices to one target: what waits in the archive, and what could not be put there. One a target, so that none holds up another.</summary>
internal sealed class TargetLane(ArchiveRoot root, Settings settings, QueueSender sender)
{
    /// <summary>So many notices are kept in memory while the archive is away.</summary>
    private const int MaxUnstored = 100;

    /// <summary>Who sends once and ends does not wait for a server that is down.</summary>
    private const int MaxFailures = 3;

    /// <summary>How long a lane with nothing to do waits before it looks for what other processes have left.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>Another process sends right now: it is done in moments.</summary>
    private static readonly TimeSpan Taken = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<OutboxEntry> unstored = new();
    private readonly RivalWatch rivals = new(settings.ClaimPatience);
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public INoticeTarget Target => sender.Target;

    public OutboxQueue Queue => sender.Queue;

    /// <summary>True where the target refused for good, and its settings are the same since.</summary>
    public bool IsBroken => Queue.LoadBroken(Target.Fingerprint) is not null;

    /// <summary>Keeps a notice in memory that the archive does not take now.</summary>
    public void AddUnstored(OutboxEntry entry)
    {
        if (unstored.Count < MaxUnstored)
        {
            unstored.Enqueue(entry);
        }
    }

    /// <summary>Says that something may wait.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Sends what waits, for ever or until nothing does.</summary>
    /// <param name="untilEmpty">True to end once nothing waits that could be sent.</param>
    /// <param name="clock">For the pauses.</param>
    /// <param name="cancellationToken">Ends it; what waits stays.</param>
    public async Task RunAsync(bool untilEmpty, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            var later = await TrySendAsync(cancellationToken);
            if (untilEmpty && (later is null || failures == MaxFailures))
            {
                return;
            }

            if (later is null)
            {
                failures = 0;
                await WaitAsync(Idle, clock, cancellationToken);
            }
            else
            {
                // Nothing shortens this wait: a target that asked for peace gets it.
                await Task.Delay(RetryRule.Pause(++failures, later.After, Random.Shared.NextDouble()), clock, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(wake.Reader.ReadAsync(ended.Token).AsTask(), Task.Delay(limit, clock, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<Delivery.Later?> TrySendAsync(CancellationToken cancellationToken)
    {
        var later = await TrySendUnstoredAsync(cancellationToken);
        if (later is not null)
        {
            return later;
        }

        try
        {
            if (Queue.Waiting().Count == 0 || IsBroken)
            {
                return null;
            }

            var owner = ProcessIdentity.NewOwner(settings.NodeName, Target.Name);
            using var claim = FolderClaim.TryTake(root, $"outbox.{Queue.Name}", owner, rivals.IsGone, out var rival, settings.ClaimPatience);
            return claim is null ? new($"{rival} sends right now", Taken) : await sender.SendAllAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new($"the archive: {fault.Message}");
        }
    }

    /// <summary>What was told while the archive was away goes there once it is back; till then it is sent as it is.</summary>
    private async Task<Delivery.Later?> TrySendUnstoredAsync(CancellationToken cancellationToken)
    {
        while (unstored.TryPeek(out var entry))
        {
            try
            {
                root.EnsureUsable();
                Queue.Add(entry);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Away still. An answer that does not come is not waited for again: there is nowhere to note it.
                if (await Target.SendAsync(entry, cancellationToken) is Delivery.Later later)
                {
                    return later;
                }
            }

            unstored.TryDequeue(out _);
        }

        return null;
    }
}
