using System.Globalization;
using CdBackuper.Archive.Store;

namespace CdBackuper.Notices.Outbox;

/// <summary>How one queue of the outbox stands: what <c>doctor</c> and whoever watches the program show. Reading it changes nothing.</summary>
/// <param name="Node">The node whose notices they are, as its name stands in the queue's.</param>
/// <param name="Target">The target's word.</param>
/// <param name="Waiting">How many notices wait.</param>
/// <param name="Oldest">Since when the first of them waits, UTC; null where none does, and where its name does not say.</param>
/// <param name="Stopped">That the target refused for good; null where it did not. It is about the settings of its fingerprint alone.</param>
internal sealed record OutboxState(string Node, string Target, int Waiting, DateTimeOffset? Oldest, BrokenMark? Stopped)
{
    /// <summary>What an id begins with: <see cref="NoticeWriter.NewId"/>.</summary>
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    private const int TimeLength = 18;

    /// <summary>NODE.TARGET.</summary>
    public string Queue => $"{Node}.{Target}";

    /// <returns>All queues of the archive, of every node and target, by name.</returns>
    /// <exception cref="IOException">The archive can't be read.</exception>
    public static IReadOnlyList<OutboxState> All(ArchiveRoot root)
    {
        var place = OutboxQueue.OutboxPath(root);
        return !Directory.Exists(place) ? [] :
        [
            .. Directory.EnumerateDirectories(place).Select(path => Path.GetFileName(path)!)
                .Where(name => OutboxQueue.Targets.Contains(name.Split('.')[^1])).Order(StringComparer.Ordinal)
                .Select(name => Of(new(root, name))),
        ];
    }

    /// <returns>How a queue stands.</returns>
    /// <exception cref="IOException">The archive can't be read.</exception>
    public static OutboxState Of(OutboxQueue queue)
    {
        var waiting = queue.Waiting();
        var dot = queue.Name.LastIndexOf('.');
        return new(queue.Name[..dot], queue.Name[(dot + 1)..], waiting.Count, waiting.Count == 0 ? null : TimeOf(waiting[0]), queue.LoadBroken());
    }

    /// <returns>Null for an id that is none of ours.</returns>
    private static DateTimeOffset? TimeOf(string id) => id.Length > TimeLength && DateTimeOffset.TryParseExact(
        id.AsSpan(0, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
