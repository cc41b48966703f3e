using System.CommandLine;
using CdBackuper.Archive.Store;
using CdBackuper.Commands.Demo;
using CdBackuper.Drives;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

internal static class DemoCommand
{
    private const string About = """
        Shows the main job without a drive: makes a small disc with photographs, scratches it, imports it, and then imports
        a good copy of it, which repairs what was damaged. Works in a folder of its own; your archive is not touched.

        Example:
          cdbackuper demo
        """;

    public static Command Create()
    {
        var command = new Command("demo", About);
        command.SetAction(parsed => Run(Session.Of(parsed)));
        return command;
    }

    private static int Run(Session session)
    {
        using var interruption = new Interruption();
        var folder = Directory.CreateTempSubdirectory("cdbackuper-demo-").FullName;
        var disc = new DemoDisc(folder);
        Answer.Say($"Making a disc with photographs in {folder}");
        disc.Make(interruption.Token);
        var archive = ArchiveRoot.OpenToWrite(Path.Combine(folder, "archive"), requiresMount: false, new LinuxFileSystem());
        using var log = session.CreateLog(LogLevel.Information);
        var scratched = new DemoImport(session, archive, log);

        Answer.Say("\n1. The disc is scratched: some sectors can't be read.\n");
        var first = scratched.Do(disc, isScratched: true, interruption.Token);
        if (first.Folder is null || first.End == DiscEnd.Interrupted)
        {
            return session.Answer.Fail(ExitCodes.Of(first.End), first.Message, first.Next);
        }

        Console.Error.WriteLine("\n" + DiscText.Page(DiscDocument.Of(first.Folder, withFiles: true)));
        Answer.Say("\n2. A good copy of the same disc is put in: only what is missing is read.\n");
        var second = scratched.Do(disc, isScratched: false, interruption.Token);
        var document = DiscDocument.Of(second.Folder ?? first.Folder, withFiles: true);
        session.Answer.Print(document, DocumentJson.Pretty.DiscDocument, () => "\n" + DiscText.Page(document));
        Answer.Say($"\nLook at it: {first.Folder.Path}\nThe hashes: (cd '{first.Folder.Path}' && sha256sum -c manifest-sha256.txt)\nWhen you are done: rm -r {folder}");
        return ExitCodes.Of(second.End);
    }

    private sealed class DemoImport(Session session, ArchiveRoot archive, ILoggerFactory log)
    {
        private readonly DiscStory story = new(archive, session.Settings, TimeProvider.System, log);

        public DiscResult Do(DemoDisc disc, bool isScratched, CancellationToken cancellationToken)
        {
            var lines = new ProgressLog(log.CreateLogger(session.Settings.NodeName), TimeSpan.FromSeconds(10));
            var damage = isScratched ? SimulatedDamage.TryLoad(disc.ScratchesPath, out _) : null;
            return story.Run(new(new ImageFile(disc.ImagePath), lines.Take) { Damage = damage }, cancellationToken);
        }
    }
}
