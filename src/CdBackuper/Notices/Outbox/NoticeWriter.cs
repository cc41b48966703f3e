using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Notices.Pictures;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Notices.Outbox;

/// <summary>
/// Makes the notices of attempts. First a seed is planted, then the attempt is recorded, then the seed becomes an entry for every target
/// that wants it. Each step may be done again after a crash, by any process of the node.
/// </summary>
internal sealed partial class NoticeWriter(
    ArchiveRoot root, Settings settings, IReadOnlyList<TargetLane> lanes, TimeProvider clock, ILogger logger)
{
    /// <summary>The record follows the seed within moments; a seed without one that is so old has none.</summary>
    private static readonly TimeSpan SeedAge = TimeSpan.FromDays(1);

    private readonly Lock gate = new();

    private string SeedsPath => Path.Combine(OutboxQueue.OutboxPath(root), $"{FolderName.Reduce(settings.NodeName)}.seeds");

    /// <returns>An id that sorts by time, unlike any other.</returns>
    public string NewId() => string.Create(
        CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Writes down that an attempt is to be told, before it is recorded. The same id replaces what was planted.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Plant(string id, NoticeSeed seed)
    {
        Directory.CreateDirectory(SeedsPath);
        root.Files.Write(Path.Combine(SeedsPath, id + ".json"), JsonSerializer.Serialize(seed, NoticeJson.Compact.NoticeSeed));
    }

    /// <summary>Makes entries of all seeds whose attempts are recorded.</summary>
    /// <exception cref="IOException">The archive is away.</exception>
    /// <param name="cancellationToken">Cancelled: pictures that take long are left out.</param>
    public void OpenAll(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Exception? last = null;
            foreach (var id in OutboxQueue.Ids(SeedsPath))
            {
                try
                {
                    Open(id, cancellationToken);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    last = fault; // of one disc's folder, perhaps: it holds up no other
                }
            }

            if (last is not null)
            {
                ExceptionDispatchInfo.Throw(last);
            }
        }
    }

    private void Open(string id, CancellationToken cancellationToken)
    {
        var path = Path.Combine(SeedsPath, id + ".json");
        var seed = OutboxQueue.Load(path, NoticeJson.Compact.NoticeSeed);
        var isDone = seed is { Folder.Length: > 0, Unread: not null } && TryOpen(id, seed, cancellationToken);
        if (isDone || File.GetLastWriteTimeUtc(path) < clock.GetUtcNow().UtcDateTime - SeedAge)
        {
            File.Delete(path);
        }
    }

    /// <summary>Puts a notice into the queue of every target that wants it; where the archive does not take it, into memory.</summary>
    public void Add(Notice notice, IReadOnlyList<NoticePicture> pictures)
    {
        foreach (var lane in LanesOf(notice))
        {
            var entry = EntryFor(lane, notice, pictures);
            try
            {
                Store(lane, entry);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Log.Unstored(logger, lane.Target.Name, fault.Message);
                lane.AddUnstored(entry);
                lane.Wake();
            }
        }
    }

    private IEnumerable<TargetLane> LanesOf(Notice notice) =>
        lanes.Where(lane => notice.Kind == NoticeKind.Test || notice.Kinds.Any(lane.Target.Kinds.Contains));

    private static OutboxEntry EntryFor(TargetLane lane, Notice notice, IReadOnlyList<NoticePicture> pictures) =>
        new(notice) { Pictures = lane.Target.TakesPictures ? pictures : [] };

    private void Store(TargetLane lane, OutboxEntry entry)
    {
        root.EnsureUsable();
        foreach (var dropped in lane.Queue.Add(entry))
        {
            Log.Dropped(logger, lane.Target.Name, dropped, OutboxQueue.MaxEntries);
        }

        lane.Wake();
    }

    private bool TryOpen(string id, NoticeSeed seed, CancellationToken cancellationToken)
    {
        var folder = root.Disc(seed.Folder);
        var damaged = folder.LoadDamage()?.Files ?? [];
        if (NoticeMaker.Make(id, seed, folder.LoadAttempts(), folder.LoadStatus() ?? new(), damaged, folder.LoadLabel()) is not { } notice)
        {
            return false;
        }

        // Where the archive does not take it the seed stays, which outlives this process, and is opened again in a minute.
        var pictures = lanes.Any(lane => lane.Target.TakesPictures) ? Draw(seed, folder, damaged, cancellationToken) : [];
        foreach (var lane in LanesOf(notice))
        {
            Store(lane, EntryFor(lane, notice, pictures));
        }

        return true;
    }

    private NoticePicture[] Draw(
        NoticeSeed seed, DiscFolder folder, IReadOnlyList<ListedEntry> damaged, CancellationToken cancellationToken)
    {
        if (seed.LengthBytes <= 0)
        {
            return [];
        }

        var map = RescuedImage.TryLoadMap(folder, out var saved, out _) ? saved : Media.Rescue.RescueMap.Empty;
        var picture = DamageMap.Draw(DiscCells.Of(DamageMap.Cells, seed.LengthBytes, map, seed.Unread, damaged));
        var sheet = settings.Notices.ContactSheet && folder.LoadListing() is { } listing
            ? ContactSheet.TryDraw(folder, listing, cancellationToken) : null;
        return sheet is null ? [picture] : [picture, sheet];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Notice {Id} to {Target} was dropped: more than {Limit} wait")]
        public static partial void Dropped(ILogger logger, string target, string id, int limit);

        [LoggerMessage(LogLevel.Warning, "A notice to {Target} is kept in memory, since the archive does not take it: {Problem}")]
        public static partial void Unstored(ILogger logger, string target, string problem);
    }
}
