using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Museum;

/// <summary>Reads the content of files. It may be lost, but reading it always ends, without an exception.</summary>
internal static class SoundContent
{
    private const int MostFiles = 32;
    private const int MostBytes = 1 << 18;
    private const int EndBytes = 3000;

    public static void Check(IReadOnlyList<FileEntry> entries, ISectorSource disc)
    {
        var left = MostFiles;
        foreach (var entry in entries)
        {
            if (entry.Kind is not (EntryKind.File or EntryKind.Stream) || --left < 0)
            {
                continue;
            }

            var content = new FileContent(disc, entry);
            var head = (int)Math.Min(entry.Size, MostBytes);
            var isRead = content.TryRead(0, new byte[head]);
            if (isRead && entry.Extents is null && head > 0)
            {
                throw new UnsoundException($"'{entry.Name}' lies nowhere and was read");
            }

            var tail = (int)Math.Min(entry.Size, EndBytes);
            content.TryRead(entry.Size - tail, new byte[tail]);
            content.TryRead(entry.Size / 2, new byte[Math.Min(entry.Size - (entry.Size / 2), EndBytes)]);
        }
    }
}
