using System.Collections.Concurrent;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices;

/// <summary>
/// Where attempts are told. Notices follow the archive: nothing here throws, waits for a server, or ends an import.
/// </summary>
internal sealed partial class NoticeDesk : IAsyncDisposable
{
    private readonly Settings settings;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly NoticeWriter writer;
    private readonly IReadOnlyList<TargetLane> lanes;
    private readonly ConcurrentDictionary<string, string> lastArchiveFault = new();
    private readonly NoticeSending sending;
    private readonly ArchiveRoot archive;

    public NoticeDesk(
        ArchiveRoot archive, Settings settings, IReadOnlyList<INoticeTarget> targets, TimeProvider clock, ILoggerFactory loggers)
    {
        (this.archive, this.settings, this.clock, logger) = (archive, settings, clock, loggers.CreateLogger(settings.NodeName));
        var ledger = new NoticeLedger(archive);
        lanes = [.. targets.Select(target => new TargetLane(
            archive, settings, new(QueueOf(archive, settings, target), target, ledger, clock, logger)))];
        writer = new(archive, settings, lanes, clock, logger);
        sending = new(writer, lanes, clock, logger);
    }

    /// <returns>Null where notices go nowhere.</returns>
    public static NoticeDesk? TryOpen(ArchiveRoot archive, Settings settings, TimeProvider clock, ILoggerFactory loggers) =>
        TargetList.Of(settings, clock) is { Count: > 0 } targets ? new(archive, settings, targets, clock, loggers) : null;

    /// <returns>What waits for a target of this node.</returns>
    public static OutboxQueue QueueOf(ArchiveRoot archive, Settings settings, INoticeTarget target) =>
        new(archive, $"{Reduced(settings)}.{target.Name}");

    /// <returns>True for a queue of this node.</returns>
    public static bool IsOf(Settings settings, OutboxState state) => state.Node == Reduced(settings);

    /// <summary>Shows how far a disc is, where that is wanted.</summary>
    /// <returns>The job to do instead; to be disposed of when it is done.</returns>
    public FollowedJob Follow(DiscJob job, AttemptNotes notes)
    {
        var messages = new List<ProgressMessage>();
        foreach (var lane in lanes)
        {
            if (lane.Target is not IProgressTarget { ShowsProgress: true } target || lane.IsBroken)
            {
                continue;
            }

            var left = Path.Combine(OutboxQueue.OutboxPath(archive), $"{Reduced(settings)}.progress", $"{Archive.Format.FolderName.Reduce(job.Drive.Name)}.json");
            var message = new ProgressMessage(
                target, archive, left, $"Reading a disc in {job.Drive.Name} on {settings.NodeName}", () => notes.FolderName, clock);
            messages.Add(message);
            sending.Add(message.RunAsync);
        }

        return new(job, messages);
    }

    /// <summary>Says that an attempt is about to be recorded: from then on no crash loses its notice.</summary>
    public void Foretell(DiscFolder folder, DiscJob job, AttemptNotes notes, DiscEnd end, string message, (long LengthBytes, ByteSet Unread) disc)
    {
        if (!IsNews(job, end, message))
        {
            return;
        }

        try
        {
            notes.NoticeId ??= writer.NewId();
            writer.Plant(notes.NoticeId, new(folder.Name, settings.NodeName, job.Drive.Name, notes.Started, disc.LengthBytes, disc.Unread, notes.Twin));
            notes.IsForetold = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NotForetold(logger, fault.Message);
        }
    }

    /// <summary>Tells an attempt that has ended. Returns at once.</summary>
    public void Tell(DiscJob job, AttemptNotes notes, DiscResult result)
    {
        var isNews = IsNews(job, result.End, result.Message);
        if (result.End == DiscEnd.ArchiveFailed)
        {
            // The disc stays in its drive and is tried again every minute; that is told once.
            lastArchiveFault[job.Drive.Path] = result.Message;
        }
        else
        {
            lastArchiveFault.TryRemove(job.Drive.Path, out _);
        }

        if (isNews && !notes.IsForetold)
        {
            writer.Add(
                NoticeMaker.MakeUnrecorded(
                    writer.NewId(), result, settings.NodeName, job.Drive.Name, notes.Started, clock.GetUtcNow()),
                pictures: []);
        }

        sending.Wake();
    }

    /// <summary>Begins to send in the background, what earlier processes left first.</summary>
    public void Start() => sending.Start();

    /// <summary>Sends what waits, as far as that can be done within a limit; the rest stays in the outbox.</summary>
    public Task SendWithinAsync(TimeSpan limit, CancellationToken cancellationToken) => sending.SendWithinAsync(limit, cancellationToken);

    /// <summary>Ends what is being sent; what did not arrive stays in the outbox.</summary>
    public ValueTask DisposeAsync() => sending.DisposeAsync();

    /// <summary>An interrupted disc goes on at the next start: nothing has ended. A fault of the archive is news once.</summary>
    private bool IsNews(DiscJob job, DiscEnd end, string message) => end != DiscEnd.Interrupted
        && !(end == DiscEnd.ArchiveFailed && lastArchiveFault.GetValueOrDefault(job.Drive.Path) == message);

    private static string Reduced(Settings settings) => Archive.Format.FolderName.Reduce(settings.NodeName);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No notice of this attempt could be put into the outbox before it: {Problem}")]
        public static partial void NotForetold(ILogger logger, string problem);
    }
}
