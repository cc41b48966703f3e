using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Processes;
using CdBackuper.Notices;
using CdBackuper.Notices.Pictures;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Commands;

/// <summary>How the targets of notices stand, as <c>doctor</c> says it. Sends nothing.</summary>
internal static class NoticeFindings
{
    /// <summary>A target that has taken nothing for so long is worth a look.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public static IEnumerable<Finding> Of(Settings settings)
    {
        var targets = TargetList.Of(settings, TimeProvider.System);
        if (targets.Count == 0)
        {
            yield return new("notify.none", FindingLevel.Ok, "Notices go nowhere: no target is set.");
        }

        var missing = settings.Notices.ContactSheet ? ContactSheet.Programs.Where(program => Child.FindProgram(program) is null).ToArray() : [];
        if (missing.Length > 0)
        {
            yield return new(
                "notify.sheet",
                FindingLevel.Warning,
                $"Contact sheets are wanted, and {string.Join(" and ", missing)} is missing.",
                "sudo apt-get install libjpeg-turbo-progs");
        }

        var archive = Directory.Exists(settings.ArchivePath) ? ArchiveRoot.OpenToRead(settings.ArchivePath, new LinuxFileSystem()) : null;
        foreach (var target in targets)
        {
            yield return archive is null
                ? new($"notify.{target.Name}", FindingLevel.Ok, $"Notices go to {target.Address}.")
                : Look(archive, settings, target);
        }
    }

    private static Finding Look(ArchiveRoot archive, Settings settings, INoticeTarget target)
    {
        var id = $"notify.{target.Name}";
        var queue = NoticeDesk.QueueOf(archive, settings, target);
        var waiting = queue.Waiting();
        if (queue.LoadBroken(target.Fingerprint) is { } broken)
        {
            return new(
                id,
                FindingLevel.Warning,
                $"{target.Address} is not used since {broken.Time:yyyy-MM-dd HH:mm} UTC; {waiting.Count} notices wait: {broken.Answer}",
                $"{broken.Next} cdbackuper notify test uses it again once it answers.");
        }

        return queue.Oldest() is { } time && TimeProvider.System.GetUtcNow() - time > Long
            ? new(id, FindingLevel.Warning, $"{target.Address}: {waiting.Count} notices wait, the oldest since {time:yyyy-MM-dd HH:mm} UTC.", "cdbackuper notify test shows what it says.")
            : new(id, FindingLevel.Ok, $"Notices go to {target.Address}; {waiting.Count} wait.");
    }
}
