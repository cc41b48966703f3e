using System.Globalization;
using System.Text.Json;
using CdBackuper.Archive.Format;

namespace CdBackuper.Archive.Store;

/// <summary>
/// Which message speaks of which disc: one small file a message, so that all nodes can write at once. What is written there is what a
/// reply is believed by; nothing that a message says of itself is.
/// </summary>
public sealed class NoticeLedger(ArchiveRoot root)
{
    private const string Suffix = ".json";
    private const long MaxBytes = 1 << 16;

    /// <summary>Where the messages are noted.</summary>
    public string Path { get; } = root.InnerPath("notices");

    /// <summary>Notes a message, durably. Noting it again changes nothing.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Record(SentNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Directory.CreateDirectory(Path);
        var text = JsonSerializer.Serialize(notice, ArchiveJson.Camel.SentNotice) + "\n";
        root.Files.TryCreate(PathOf(notice.Message), text);
    }

    /// <param name="message">The id of a message.</param>
    /// <returns>What was noted of it; null for a message that is none of ours, and for a note that can't be read.</returns>
    public SentNotice? Find(string message)
    {
        // Not there, or not a note: not a message to believe a reply by.
        var notice = RecordFile.Load(PathOf(message), ArchiveJson.Camel.SentNotice, MaxBytes);
        return notice?.Message == message && IsName(notice.Folder) ? notice : null;
    }

    /// <returns>The ids of all messages that were noted, the oldest first.</returns>
    public IReadOnlyList<string> Messages() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.EnumerateFiles(Path, "*" + Suffix)
            .Select(System.IO.Path.GetFileNameWithoutExtension)
            .Where(name => IsId(name!))
            .OrderBy(name => ulong.Parse(name!, CultureInfo.InvariantCulture))!,
    ];

    /// <exception cref="ArgumentException">No id: a path is never made of anything else.</exception>
    private string PathOf(string message) => IsId(message)
        ? System.IO.Path.Combine(Path, message + Suffix)
        : throw new ArgumentException("A message's id is a decimal number.", nameof(message));

    /// <summary>A folder right below the archive's root, wherever the note came from.</summary>
    private static bool IsName(string? folder) =>
        folder is null || (System.IO.Path.GetFileName(folder) == folder && folder.Length > 0 && folder[0] != '.');

    private static bool IsId(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
