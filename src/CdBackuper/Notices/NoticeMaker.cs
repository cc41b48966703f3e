using CdBackuper.Archive.Format;
using CdBackuper.Jobs;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Notices;

/// <summary>Makes a notice from what an attempt recorded. Pure.</summary>
internal static class NoticeMaker
{
    /// <param name="id">The notice's.</param>
    /// <param name="seed">Which attempt.</param>
    /// <param name="attempts">The disc's attempts, in order.</param>
    /// <param name="status">How the disc stands.</param>
    /// <param name="damaged">The files of which something is missing, the most hurt first.</param>
    /// <param name="label">What a person calls the disc; null for none.</param>
    /// <returns>The notice; null where the attempt is not recorded (yet), or goes on at the next start.</returns>
    public static Notice? Make(
        string id,
        NoticeSeed seed,
        IReadOnlyList<AttemptRecord> attempts,
        DiscStatus status,
        IEnumerable<ListedEntry> damaged,
        string? label)
    {
        var index = attempts.TakeWhile(record => !IsOf(seed, record)).Count();
        if (index == attempts.Count)
        {
            return null;
        }

        var attempt = attempts[index];
        var isLast = index == attempts.Count - 1;
        var end = Enum.TryParse<DiscEnd>(attempt.Outcome, ignoreCase: true, out var known) ? known : DiscEnd.DriveFailed;
        if (end == DiscEnd.Interrupted)
        {
            return null;
        }

        return new()
        {
            Id = id,
            Kind = KindOf(end),
            Time = attempt.Finished,
            Started = attempt.Started,
            Node = attempt.Node,
            Drive = attempt.Drive,
            DriveModel = Join(attempt.Vendor, attempt.Model),
            Message = end == DiscEnd.AlreadyWhole || !isLast || status.Message.Length == 0 ? attempt.Reason : status.Message,
            Next = status.Next,
            Disc = new(status.Number, seed.Folder, status.VolumeName, status.Uuid, label),
            Files = attempt.Files.Total > 0 ? attempt.Files : null,
            Percent = status.Ddrescue.Rescued > 0 ? status.Ddrescue.RescuedPct : null,
            UnreadSectors = attempt.SectorsUnread,
            SectorsWon = attempt.SectorsWon,
            Attempt = index + 1,
            EarlierNodes =
            [
                // The status has the predecessor's nodes too, which left no attempts.
                .. status.RetryNodes.TakeWhile(node => node != attempt.Node)
                    .Concat(attempts.Take(index).Select(earlier => earlier.Node)).Distinct(),
            ],
            Worst = end is DiscEnd.Whole or DiscEnd.AlreadyWhole ? [] : [.. damaged.Take(Notice.MaxWorst).Select(Describe)],
            Twin = seed.Twin,
        };
    }

    /// <returns>The notice of an attempt that has no record: the disc never got a folder, or the archive is away.</returns>
    public static Notice MakeUnrecorded(
        string id, DiscResult result, string node, string drive, DateTimeOffset started, DateTimeOffset now) => new()
        {
            Id = id,
            Kind = KindOf(result.End),
            Time = now,
            Started = started,
            Node = node,
            Drive = drive,
            Message = result.Message,
            Next = result.Next,
        };

    /// <returns>What a notice of such an end is about.</returns>
    public static NoticeKind KindOf(DiscEnd end) => end switch
    {
        DiscEnd.Whole => NoticeKind.Whole,
        DiscEnd.AlreadyWhole => NoticeKind.AlreadyWhole,
        DiscEnd.Damaged or DiscEnd.UnknownFileSystem => NoticeKind.Damaged,
        DiscEnd.Unreadable => NoticeKind.Unreadable,
        _ => NoticeKind.Failed,
    };

    private static bool IsOf(NoticeSeed seed, AttemptRecord record) =>
        record.Node == seed.Node && record.Drive == seed.Drive && record.Started == seed.Started;

    private static NoticeFile Describe(ListedEntry file) =>
        new(file.Path, file.Condition, file.Size, file.Condition == FileCondition.Lost ? file.Size : file.Lost.TotalLength);

    private static string? Join(string? vendor, string? model) =>
        $"{vendor} {model}".Trim() is { Length: > 0 } name ? name : null;
}
