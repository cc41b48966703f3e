using System.Collections.Concurrent;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>What is noted while an attempt runs, for its record.</summary>
internal sealed class AttemptNotes(DateTimeOffset started)
{
    private readonly ConcurrentQueue<string> remarks = new();

    public DateTimeOffset Started => started;

    public List<PassRecord> Passes { get; } = [];

    public IReadOnlyCollection<string> Remarks => remarks;

    /// <summary>What the drive called the disc; null before it was asked.</summary>
    public string? Medium { get; set; }

    /// <summary>Why ddrescue ran no further pass; null before it was decided.</summary>
    public string? WhyRescueEnded { get; set; }

    /// <summary>
    /// Where the disc holds no data, as far as it is known: sound, what lies between and behind the volumes. Never damage.
    /// </summary>
    public ByteSet NoData { get; set; } = ByteSet.Empty;

    /// <summary>Which bytes of the disc were read before this attempt, by whatever map; null where it did not come so far.</summary>
    public ByteSet? ReadBefore { get; set; }

    /// <summary>True where the drive was found to make up what it reads.</summary>
    public bool DriveLies { get; set; }

    /// <summary>What the disc has besides files, in a sentence; null for nothing.</summary>
    public string? Beside { get; set; }

    /// <summary>What a person is asked, since the program can't tell this disc from another; null for nothing.</summary>
    public string? Question { get; set; }

    /// <summary>How a person answers; null where nothing is asked.</summary>
    public string? Answer { get; set; }

    /// <summary>What is known of another disc that shares this one's identifier, or may be the same, in a sentence; null for none.</summary>
    public string? Twin { get; set; }

    /// <summary>The disc's folder; null before it has one.</summary>
    public string? FolderName { get; set; }

    /// <summary>By which id the outbox knows that this attempt is to be told; null before it does.</summary>
    public string? NoticeId { get; set; }

    /// <summary>True where the notice is made from the attempt's record; false where there is none.</summary>
    public bool IsForetold { get; set; }

    public void Remark(string remark) => remarks.Enqueue(remark);
}
