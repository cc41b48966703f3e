using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>The bot as a part of <c>watch</c> and <c>serve</c>, where a token is set. Whatever becomes of it, discs go on.</summary>
internal sealed partial class BotWatcher(ArchiveRoot archive, Settings settings, TimeProvider clock, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var logger = loggers.CreateLogger($"{settings.NodeName}:bot");
        if (settings.Discord.BotToken is null)
        {
            return;
        }

        // The archive's files are asked synchronously: not on the thread that starts the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await new LabelBot(archive, settings, new(), clock, logger).RunAsync(stoppingToken) is { } problem)
                {
                    Log.Ended(logger, problem.Message, problem.Next);
                }

                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // A mistake of ours in the bot must not stop the drives; it starts anew from its records.
                Log.Broke(logger, fault);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The label bot broke; it starts again in a minute")]
        public static partial void Broke(ILogger logger, Exception fault);

        [LoggerMessage(LogLevel.Error, "The label bot has ended: {Problem} {Next} Then start cdbackuper again")]
        public static partial void Ended(ILogger logger, string problem, string next);
    }
}
