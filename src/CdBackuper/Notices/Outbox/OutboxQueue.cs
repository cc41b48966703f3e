using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CdBackuper.Archive.Store;

namespace CdBackuper.Notices.Outbox;

/// <summary>
/// What waits for one target of one node: files in <c>.cdbackuper/outbox/NODE.TARGET/</c>, in order of their names. Each is there whole or
/// not at all (see <see cref="AtomicFile"/>), whatever crashes.
/// </summary>
/// <param name="root">The archive.</param>
/// <param name="name">NODE.TARGET.</param>
internal sealed class OutboxQueue(ArchiveRoot root, string name)
{
    /// <summary>So many may wait: more than a collection has discs; beyond it the oldest is dropped, and said to be.</summary>
    public const int MaxEntries = 1000;

    /// <summary>The words of all targets: the other folders of the outbox are no queues.</summary>
    public static IReadOnlySet<string> Targets { get; } =
        new HashSet<string>(["discord", "webhook", "ntfy", "apprise", "hook"], StringComparer.Ordinal);

    /// <summary>A file of more than this is none of ours: contact sheets have less.</summary>
    private const long MaxFileBytes = 32 << 20;

    private const string Suffix = ".json";

    private readonly string waiting = Path.Combine(OutboxPath(root), name);

    /// <summary>Its name, by which it is claimed too.</summary>
    public string Name => name;

    private string Sent => Path.Combine(waiting, "sent");

    private string BrokenPath => Path.Combine(waiting, "broken.txt");

    /// <returns>Where all of them lie.</returns>
    public static string OutboxPath(ArchiveRoot root) => root.InnerPath("outbox");

    /// <returns>The ids of what waits, in order.</returns>
    public IReadOnlyList<string> Waiting() => Ids(waiting);

    /// <summary>
    /// Adds an entry; one that was added or sent before is not added again, so that whoever was cut off may add it once more.
    /// </summary>
    /// <returns>The ids of old entries that were dropped, since there are too many.</returns>
    public IReadOnlyList<string> Add(OutboxEntry entry)
    {
        var id = entry.Notice.Id;
        Directory.CreateDirectory(Sent);
        var made = root.Files.TryCreate(PathOf(waiting, id), JsonSerializer.Serialize(entry, NoticeJson.Compact.OutboxEntry));
        if (made && IsSent(id))
        {
            // In this order: a sender marks first and removes then, so one of the two is always seen.
            File.Delete(PathOf(waiting, id));
        }

        var tooMany = Waiting().SkipLast(MaxEntries).ToArray();
        foreach (var old in tooMany)
        {
            File.Delete(PathOf(waiting, old));
        }

        return tooMany;
    }

    /// <returns>The entry; null where it is not there any more, or can't be read.</returns>
    public OutboxEntry? Load(string id) => Load(PathOf(waiting, id), NoticeJson.Compact.OutboxEntry) is { Notice: not null } entry ? entry : null;

    /// <summary>Writes an entry anew: before it is sent, so that a crash leaves a trace.</summary>
    public void Store(OutboxEntry entry) =>
        root.Files.Write(PathOf(waiting, entry.Notice.Id), JsonSerializer.Serialize(entry, NoticeJson.Compact.OutboxEntry));

    /// <summary>Keeps aside an entry that can't be read, so that it holds up no other.</summary>
    public void SetAside(string id, DateTimeOffset now) => root.Files.SetAside(PathOf(waiting, id), "corrupt", now);

    /// <summary>True where the target has it, or will never have it.</summary>
    public bool IsSent(string id) => File.Exists(PathOf(Sent, id));

    /// <summary>Marks a notice as sent, then removes its entry: a crash between the two sends nothing twice.</summary>
    public void MarkSent(string id, SentMark mark)
    {
        Directory.CreateDirectory(Sent);
        root.Files.TryCreate(PathOf(Sent, id), JsonSerializer.Serialize(mark, NoticeJson.Compact.SentMark));
        Remove(id);
    }

    /// <summary>Removes an entry; nothing happens where there is none.</summary>
    public void Remove(string id)
    {
        if (Directory.Exists(waiting))
        {
            File.Delete(PathOf(waiting, id));
        }
    }

    /// <summary>Deletes marks of notices that nobody will try to add any more, and what crashes left.</summary>
    public void DeleteOld(DateTimeOffset before)
    {
        foreach (var folder in new[] { waiting, Sent }.Where(Directory.Exists))
        {
            AtomicFile.DeleteLeftovers(folder, before);
        }

        foreach (var path in Directory.Exists(Sent) ? Directory.EnumerateFiles(Sent, "*" + Suffix) : [])
        {
            if (File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
            {
                File.Delete(path);
            }
        }
    }

    /// <returns>Why nothing is sent to the target; null where it may be, or where the mark is about another configuration.</returns>
    public BrokenMark? LoadBroken(string fingerprint) => LoadBroken() is { } mark && mark.Fingerprint == fingerprint ? mark : null;

    /// <returns>The mark that a target refused for good, whatever its configuration is now; null for none.</returns>
    public BrokenMark? LoadBroken() => Load(BrokenPath, NoticeJson.Compact.BrokenMark);

    /// <summary>Tells all processes of the node to leave the target alone; null takes that back.</summary>
    public void StoreBroken(BrokenMark? mark)
    {
        if (mark is not null)
        {
            Directory.CreateDirectory(waiting);
            root.Files.Write(BrokenPath, JsonSerializer.Serialize(mark, NoticeJson.Compact.BrokenMark));
        }
        else if (Directory.Exists(waiting))
        {
            File.Delete(BrokenPath);
        }
    }

    /// <returns>The ids of the files in a folder, in order; empty where there is no folder.</returns>
    public static IReadOnlyList<string> Ids(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*" + Suffix).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    /// <returns>What a file holds; null where it is not there (sent by another process meanwhile) or not what it should be.</returns>
    public static T? Load<T>(string path, JsonTypeInfo<T> type)
        where T : class => RecordFile.Load(path, type, MaxFileBytes);

    private static string PathOf(string folder, string id) => Path.Combine(folder, id + Suffix);
}
