using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Media.Verdicts;

/// <summary>The verdict on one file: its extents laid over the map of what was read.</summary>
/// <param name="Size">The file's length in bytes.</param>
/// <param name="Lost">The bytes of the file that were not read.</param>
/// <param name="IsPlaceKnown">False where only the name is known.</param>
public readonly record struct FileVerdict(long Size, ByteSet Lost, bool IsPlaceKnown)
{
    /// <summary>The verdict in one word. A file without bytes is perfect once its name was read.</summary>
    public FileCondition Condition =>
        !IsPlaceKnown ? FileCondition.Lost
        : Lost.IsEmpty ? FileCondition.Perfect
        : Lost.TotalLength >= Size ? FileCondition.Lost
        : FileCondition.Damaged;

    /// <param name="entry">A file or stream.</param>
    /// <param name="read">Every byte of the disc that was read.</param>
    public static FileVerdict Of(FileEntry entry, ByteSet read)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(read);
        if (entry.Extents is null)
        {
            return new(entry.Size, ByteSet.Of(new ByteRange(0, entry.Size)), IsPlaceKnown: false);
        }

        List<ByteRange>? lost = null;
        long position = entry.Preamble.Length;
        foreach (var extent in entry.Extents)
        {
            if (!read.Contains(extent.Stored))
            {
                lost ??= [];
                foreach (var gap in read.Missing(extent.Stored))
                {
                    var held = extent.HeldBy(gap);
                    lost.Add(new(position + held.Start, held.Length));
                }
            }

            position += extent.Length;
        }

        return new(entry.Size, lost is null ? ByteSet.Empty : ByteSet.Of(lost), IsPlaceKnown: true);
    }
}
