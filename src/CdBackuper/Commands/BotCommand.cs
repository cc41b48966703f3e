using System.CommandLine;
using CdBackuper.Hosting;
using CdBackuper.Labels;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

internal static class BotCommand
{
    private const string About = """
        Reads replies to our notices on Discord, and writes them down as the discs' labels. Runs until it is stopped
        (Ctrl-C, SIGTERM); what was written meanwhile is read at the next start. How to set it up: docs/discord.md.

        Example:
          DISCORD_BOT_TOKEN=... cdbackuper bot --archive /mnt/nas/discs
        """;

    public static Command Create()
    {
        var command = new Command("bot", About);
        command.SetAction(parsed => Run(Session.Of(parsed)));
        return command;
    }

    private static int Run(Session session)
    {
        if (session.Settings.Discord.BotToken is null)
        {
            throw new UsageException("The bot needs a token, and DISCORD_BOT_TOKEN is not set.", "docs/discord.md says step by step how to get one.");
        }

        var archive = session.OpenToWrite(mayBeMade: false);
        using var interruption = new Interruption();
        using var log = session.CreateLog(LogLevel.Information);
        var bot = new LabelBot(
            archive, session.Settings, new(), TimeProvider.System, log.CreateLogger($"{session.Settings.NodeName}:bot"));

        // The command's thread has nothing else to do.
        var problem = bot.RunAsync(interruption.Token).GetAwaiter().GetResult();
        return problem is null ? ExitCodes.Success : session.Answer.Fail(ExitCodes.Failed, problem.Message, problem.Next);
    }
}
