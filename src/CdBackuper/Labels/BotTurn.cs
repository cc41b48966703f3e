using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>Of all bots of an archive, on all nodes, one works at a time.</summary>
internal sealed partial class BotTurn(ArchiveRoot archive, Settings settings, BotTimes times, TimeProvider clock, ILogger logger)
{
    /// <summary>What is claimed by the one that works. No folder of a disc is called so.</summary>
    private const string ClaimName = "discord-bot";

    /// <summary>Waits until no other bot works.</summary>
    public async Task<FolderClaim> WaitAsync(CancellationToken cancellationToken)
    {
        var watch = new RivalWatch(settings.ClaimPatience);
        while (true)
        {
            try
            {
                var owner = ProcessIdentity.NewOwner(settings.NodeName, "bot");
                if (FolderClaim.TryTake(archive, ClaimName, owner, watch.IsGone, out var rival, settings.ClaimPatience) is { } claim)
                {
                    return claim;
                }

                if (watch.IsNews(rival!))
                {
                    Log.Waiting(logger, rival!.ToString());
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The archive is away; it may come back.
                Log.Away(logger, fault.Message);
            }

            await Task.Delay(times.Turn, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Another bot of this archive works: {Rival}. This one waits")]
        public static partial void Waiting(ILogger logger, string rival);

        [LoggerMessage(LogLevel.Warning, "The label bot waits: {Reason}")]
        public static partial void Away(ILogger logger, string reason);
    }
}
