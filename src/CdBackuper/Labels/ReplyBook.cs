using System.Text.Json;
using CdBackuper.Archive.Store;
using CdBackuper.Notices.Discord;

namespace CdBackuper.Labels;

/// <summary>What the bot remembers in the archive: how far each reply is, and up to which message the channel was read.</summary>
internal sealed class ReplyBook(ArchiveRoot archive)
{
    private const long MaxBytes = 1 << 16;

    private readonly string place = archive.InnerPath("replies");

    /// <returns>Null for a reply that was not begun, or whose record can't be read: then it is begun again, which does no harm.</returns>
    public ReplyRecord? Load(Snowflake reply) => RecordFile.Load(PathOf(reply), LabelJson.Default.ReplyRecord, MaxBytes);

    /// <summary>Writes down how far a reply is, durably.</summary>
    public void Store(Snowflake reply, ReplyRecord record)
    {
        Directory.CreateDirectory(place);
        archive.Files.Write(PathOf(reply), JsonSerializer.Serialize(record, LabelJson.Default.ReplyRecord) + "\n");
    }

    /// <returns>Up to which message the channel was read; null for none.</returns>
    public Snowflake? LoadCursor(Snowflake channel)
    {
        try
        {
            return Snowflake.TryParse(File.ReadAllText(CursorOf(channel)).Trim(), out var id) ? id : null;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void StoreCursor(Snowflake channel, Snowflake message)
    {
        Directory.CreateDirectory(place);
        archive.Files.Write(CursorOf(channel), $"{message}\n");
    }

    private string PathOf(Snowflake reply) => Path.Combine(place, $"{reply}.json");

    private string CursorOf(Snowflake channel) => Path.Combine(place, $"channel-{channel}");
}
