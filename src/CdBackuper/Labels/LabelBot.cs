using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Notices.Discord;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>Makes labels of the replies to our notices, until it is stopped. Of all bots of an archive one works, the others wait.</summary>
/// <param name="archive">The archive.</param>
/// <param name="settings">The settings; with a bot's token.</param>
/// <param name="times">The waits.</param>
/// <param name="clock">For waits.</param>
/// <param name="logger">Where it is told.</param>
internal sealed partial class LabelBot(ArchiveRoot archive, Settings settings, BotTimes times, TimeProvider clock, ILogger logger)
{
    /// <returns>Why it can't go on; null where it was stopped.</returns>
    public async Task<BotProblem?> RunAsync(CancellationToken cancellationToken)
    {
        var turn = new BotTurn(archive, settings, times, clock, logger);
        try
        {
            while (true)
            {
                using var claim = await turn.WaitAsync(cancellationToken);
                if (await WorkAsync(claim, cancellationToken) is { } end)
                {
                    return end;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped: each reply is where its record says.
            return null;
        }
    }

    /// <returns>Why it can't go on; null where another bot took over.</returns>
    private async Task<BotProblem?> WorkAsync(FolderClaim claim, CancellationToken cancellationToken)
    {
        var discord = settings.Discord;
        using var http = new DiscordHttp(discord.Api, discord.BotToken, times.Http, clock);
        using var webhookHttp = new DiscordHttp(discord.Api, token: null, times.Http, clock);
        var bot = new DiscordBotHttp(http);
        var webhook = discord.Webhook is { } address ? new DiscordWebhook(address, webhookHttp) : null;
        var ledger = new NoticeLedger(archive);
        var (place, problem) = await LookAsync(new(discord, bot, webhook, ledger), cancellationToken);
        if (place is null)
        {
            return problem;
        }

        var policy = new LabelPolicy(place.Channel, discord.Webhook?.Id, discord.LabelUsers, discord.LabelRoles, discord.LabelEveryone);
        Log.Works(logger, place.Name, place.Channel.ToString());
        if (policy.IsNobody)
        {
            Log.Nobody(logger);
        }

        var book = new ReplyBook(archive);
        var shelf = new BotShelf(archive, claim, ledger, book, new(archive, bot, book, times.GiveUp, clock, logger), clock);
        var catchUp = new CatchUp(place, policy, bot, shelf, times, logger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var doorbell = new Doorbell(new(bot, discord.BotToken!, times.Gateway, clock, logger), place, policy, times);
        var listening = doorbell.RunAsync(stop.Token);
        try
        {
            return await ReadAsync(catchUp, claim, doorbell, listening, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(BotPlace?, BotProblem?)> LookAsync(Preflight preflight, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (place, found, later) = await preflight.LookAsync(cancellationToken);
            if (later is null)
            {
                return (place, found);
            }

            Log.Trouble(logger, later.Reason);
            await Task.Delay(later.After > times.Trouble ? later.After : times.Trouble, clock, cancellationToken);
        }
    }

    private async Task<BotProblem?> ReadAsync(
        CatchUp catchUp, FolderClaim claim, Doorbell doorbell, Task listening, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wait = TimeSpan.Zero;
            try
            {
                if (!claim.IsHeld())
                {
                    Log.TakenOver(logger);
                    return null;
                }

                switch (await catchUp.RunAsync(cancellationToken))
                {
                    case DiscordReply.Answer { Status: 401 } refused:
                        return new($"Discord does not take DISCORD_BOT_TOKEN any more: {refused.Reason}.", Preflight.NewToken);
                    case DiscordReply.Answer refused:
                        return new($"The bot can't read the channel: {refused.Reason}.", "Give it View Channel and Read Message History in the channel.");
                    case DiscordReply.NotNow later:
                        Log.Trouble(logger, later.Reason);
                        wait = later.After > times.Trouble ? later.After : times.Trouble;
                        break;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The archive is away, full or read-only. The reply is done from where its record is once it is back.
                Log.Trouble(logger, fault.Message);
                wait = times.Trouble;
            }

            if (doorbell.Problem is { } problem)
            {
                return problem;
            }

            if (listening.IsFaulted)
            {
                await listening;
            }

            // After trouble its time is waited for, whoever writes.
            await (wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : doorbell.WaitAsync(catchUp.LookAgain, cancellationToken));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The label bot {Name} reads replies in channel {Channel}")]
        public static partial void Works(ILogger logger, string name, string channel);

        [LoggerMessage(LogLevel.Warning, "Nobody may label: set DISCORD_LABEL_USERS or DISCORD_LABEL_ROLES to ids, or DISCORD_LABEL_EVERYONE=true for everyone who can write in the channel")]
        public static partial void Nobody(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "Another bot of this archive took over while this one was held up; this one waits")]
        public static partial void TakenOver(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The label bot waits: {Reason}")]
        public static partial void Trouble(ILogger logger, string reason);
    }
}
