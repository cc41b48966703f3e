using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Processes;
using CdBackuper.Notices;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Pictures;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Commands;

/// <summary>How the targets of notices stand, as <c>doctor</c> says it. Sends nothing.</summary>
internal static class NoticeFindings
{
    /// <summary>A target that has taken nothing for so long is worth a look.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <summary>Another node that has sent nothing for so long does not look as if it would.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromDays(1);

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

        var archive = TryOpen(settings);
        foreach (var target in targets)
        {
            yield return archive is null
                ? new($"notify.{target.Name}", FindingLevel.Ok, $"Notices go to {target.Address}.")
                : Look(archive, settings, target);
        }

        foreach (var left in archive is null ? [] : Left(archive, settings, targets))
        {
            yield return left;
        }
    }

    /// <returns>Null where there is no archive that can be used: that is a finding of its own.</returns>
    private static ArchiveRoot? TryOpen(Settings settings)
    {
        try
        {
            return ArchiveRoot.OpenToRead(settings.ArchivePath, new LinuxFileSystem());
        }
        catch (ArchiveException)
        {
            return null;
        }
    }

    private static Finding Look(ArchiveRoot archive, Settings settings, INoticeTarget target)
    {
        var id = $"notify.{target.Name}";
        var state = OutboxState.Of(NoticeDesk.QueueOf(archive, settings, target));
        if (state.Stopped is { } stopped && stopped.Fingerprint == target.Fingerprint)
        {
            return new(
                id,
                FindingLevel.Warning,
                $"{target.Address} is not used since {stopped.Time:yyyy-MM-dd HH:mm} UTC; waiting notices: {state.Waiting}. {stopped.Answer}",
                $"{stopped.Next} cdbackuper notify test uses it again once it answers.");
        }

        return state.Oldest is { } time && TimeProvider.System.GetUtcNow() - time > Long
            ? new(id, FindingLevel.Warning, $"{target.Address}: waiting notices: {state.Waiting}, the oldest since {time:yyyy-MM-dd HH:mm} UTC.", "cdbackuper notify test shows what it says.")
            : new(id, FindingLevel.Ok, $"Notices go to {target.Address}; waiting: {state.Waiting}.");
    }

    /// <summary>Queues that nobody here sends: of a node that does not come back, or of a target that is not set any more.</summary>
    private static IEnumerable<Finding> Left(ArchiveRoot archive, Settings settings, IReadOnlyList<INoticeTarget> targets)
    {
        var own = targets.Select(target => NoticeDesk.QueueOf(archive, settings, target).Name).ToHashSet(StringComparer.Ordinal);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var state in OutboxState.All(archive).Where(state => state.Waiting > 0 && !own.Contains(state.Queue)))
        {
            var isOurs = NoticeDesk.IsOf(settings, state);
            if (isOurs || state.Oldest is not { } time || now - time > Gone)
            {
                var since = state.Oldest is { } oldest ? $", the oldest since {oldest:yyyy-MM-dd HH:mm} UTC" : "";
                var place = Path.Combine(".cdbackuper", "outbox", state.Queue);
                yield return new(
                    $"notify.left.{state.Queue}",
                    FindingLevel.Warning,
                    isOurs
                        ? $"Unsent notices for {state.Target}: {state.Waiting}{since}, and no {state.Target} is set."
                        : $"Unsent notices of node {state.Node} for {state.Target}: {state.Waiting}{since}. That node does not send them.",
                    (isOurs
                        ? "Set it again, and they are sent."
                        : $"Start cdbackuper on {state.Node}. If it does not come back, send them from here, with its settings: NODE_NAME={state.Node} cdbackuper notify send.")
                        + $" Nobody needs them? Delete {place} in the archive.");
            }
        }
    }
}
