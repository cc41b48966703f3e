using System.CommandLine;
using CdBackuper.Drives;
using CdBackuper.Jobs;
using CdBackuper.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace CdBackuper.Commands;

internal static class WatchCommand
{
    private const string About = """
        Watches all drives and image trays, and does every disc that is put in: rescue, files, hashes, verdict, tray.
        Runs until it is stopped (Ctrl-C, SIGTERM); a disc in work goes on at the next start.

        Example:
          cdbackuper watch --archive /mnt/nas/discs --tray ./trays
        """;

    public static Command Create()
    {
        var tray = new Option<string[]>("--tray")
        {
            Description = "A folder (or pattern) that is a drive: its disc is the image file in it. May be given more than once.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("watch", About) { tray };
        command.SetAction(parsed => Run(Session.Of(parsed, parsed.GetValue(tray)!)));
        return command;
    }

    private static int Run(Session session)
    {
        var archive = session.ArchiveToOpen(mayBeMade: true);
        return LastingProcess.Run(session.Settings, archive, services => services
            .AddSingleton<DiscStory>()
            .AddHostedService<DriveWatcher>()
            .AddNotices(archive, session.Settings));
    }
}
