using System.CommandLine;
using CdBackuper.Drives;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

internal static class ImportCommand
{
    private const string About = """
        Imports one disc and exits: rescues it, puts its files into the archive, says how each of them is.
        A disc that the archive knows goes on where it was; Ctrl-C stops it so that it can go on later.

        Exit codes: 0 every file whole, 3 archived with damage, 4 nothing could be read, 1 failed, 2 usage, 130 interrupted.

        Examples:
          cdbackuper import /dev/sr0
          cdbackuper import disc.iso --archive /mnt/nas/discs
          cdbackuper import disc.cue

        Images: plain ones of 2048-byte sectors (.iso, .img, .udf and others), raw ones of 2352-byte sectors with their
        check sums (.bin, .img), alone or by their sheet (.cue, .ccd of CloneCD, .toc of cdrdao), and Nero's (.nrg). Of
        raw images the data tracks are read; audio tracks are named and left.
        """;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = SourceArgument.Description,
        };
        var damage = new Option<string?>("--simulate-damage")
        {
            Description = "Treat the sectors that this ddrescue mapfile calls bad as unreadable, for demonstrations and tests.",
            HelpName = "MAPFILE",
        };
        var keep = new Option<bool>("--keep-image") { Description = "Keep the image of a whole disc too." };
        var command = new Command("import", About) { source, damage, keep };
        command.SetAction(parsed => Run(
            Session.Of(parsed), parsed.GetValue(source)!, parsed.GetValue(damage), parsed.GetValue(keep)));
        return command;
    }

    private static int Run(Session session, string source, string? mapPath, bool keepImage)
    {
        var drive = SourceArgument.Find(source);
        var damage = mapPath is null ? null : LoadDamage(mapPath);
        var archive = session.OpenToWrite(mayBeMade: true);
        SourceArgument.RefuseArchived(drive, archive);
        using var taken = SourceArgument.Take(drive, "import", session.Settings.NodeName);
        using var interruption = new Interruption();
        var onTerminal = ImportScreen.IsTerminal && !session.Settings.LogAsJson;
        using var log = session.CreateLog(onTerminal ? LogLevel.Warning : LogLevel.Information);
        using var notices = NoticeRun.TryOpen(archive, session.Settings, log);
        var story = new DiscStory(archive, session.Settings, TimeProvider.System, log, notices?.Desk) { LogsEnd = !onTerminal };
        DiscResult Do(Action<DiscProgress> onProgress)
        {
            return story.Run(new(drive, onProgress) { KeepImage = keepImage, Damage = damage }, interruption.Token);
        }

        var lines = new ProgressLog(log.CreateLogger($"{session.Settings.NodeName}:{drive.Name}"), BetweenLines);
        var result = onTerminal ? ImportScreen.Show(Do) : Do(lines.Take);
        if (result.End is not (DiscEnd.Interrupted or DiscEnd.ArchiveFailed or DiscEnd.DriveFailed))
        {
            drive.Eject();
        }

        var exitCode = Tell(session.Answer, result);
        notices?.Send(session.Settings.Notices.Wait, interruption.Token);
        return exitCode;
    }

    private static int Tell(Answer answer, DiscResult result)
    {
        var exitCode = ExitCodes.Of(result.End);
        if (result.Folder is null || exitCode is ExitCodes.Failed or ExitCodes.Interrupted)
        {
            return answer.Fail(exitCode, result.Message, result.Next);
        }

        var document = DiscDocument.Of(result.Folder, withFiles: true);
        answer.Print(document, DocumentJson.Pretty.DiscDocument, () => DiscText.Page(document));
        if (answer.IsJson)
        {
            Answer.Say($"{result.Message} {result.Next}");
        }

        return exitCode;
    }

    private static SimulatedDamage LoadDamage(string mapPath) => SimulatedDamage.TryLoad(mapPath, out var problem)
        ?? throw new UsageException(
            $"{mapPath} is no ddrescue mapfile: {problem}.", "ddrescue's manual describes mapfiles; ddrescuelog shows what one says.");
}
