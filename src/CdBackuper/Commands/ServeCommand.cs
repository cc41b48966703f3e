using System.CommandLine;

namespace CdBackuper.Commands;

internal static class ServeCommand
{
    private const string About = """
        Serves the archive over HTTP (health, metrics, discs as JSON), without drives. Where it listens: HTTP_LISTEN.
        Where DISCORD_BOT_TOKEN is set, it reads replies to our notices as `bot` does.
        Runs until it is stopped (Ctrl-C, SIGTERM). `watch` serves the same beside its drives.

        Example:
          HTTP_LISTEN=127.0.0.1:8080 cdbackuper serve --archive /mnt/nas/discs
        """;

    public static Command Create()
    {
        var command = new Command("serve", About);
        command.SetAction(parsed => Run(Session.Of(parsed)));
        return command;
    }

    private static int Run(Session session)
    {
        if (session.Settings.Http is not { } address)
        {
            throw new UsageException("HTTP_LISTEN is off, so there is nothing to serve.", "Set it to an address and a port, such as 127.0.0.1:8080.");
        }

        // Serving is all that it does: a port that is taken is its end, chosen or not.
        var settings = session.Settings with { Http = address with { IsChosen = true } };
        return LastingProcess.Run(settings, session.ArchiveToOpen(mayBeMade: false), _ => { });
    }
}
