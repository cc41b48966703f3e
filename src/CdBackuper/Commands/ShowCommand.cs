using System.CommandLine;

namespace CdBackuper.Commands;

internal static class ShowCommand
{
    private const string About = """
        Shows how a disc of the archive stands: condition, what to do next, and every file, the damaged ones first.
        With --volumes looks into a disc or image without importing it: its file systems, sessions and flaws.

        Examples:
          cdbackuper show 0142
          cdbackuper show --volumes /dev/sr0
          cdbackuper show disc.iso --volumes --json
        """;

    public static Command Create()
    {
        var disc = DiscArgument.Create();
        disc.Arity = ArgumentArity.ZeroOrOne;
        var volumes = LookOption.Create("--volumes", "Show the file systems of this drive or image instead.");
        var command = new Command("show", About) { disc, volumes };
        command.SetAction(parsed => (parsed.GetValue(disc), LookOption.Source(parsed, volumes, parsed.GetValue(disc))) switch
        {
            (_, { } source) => ShowVolumes(Session.Of(parsed), source),
            ({ } name, null) => ShowDisc(Session.Of(parsed), name),
            (null, null) => throw new UsageException(
                "show takes a disc of the archive, or --volumes and a drive or image.", "cdbackuper list shows all discs."),
        });
        return command;
    }

    private static int ShowDisc(Session session, string name)
    {
        var folder = DiscArgument.Find(session.OpenToRead(), name);
        var document = DiscDocument.Of(folder, withFiles: true) with { CorruptRecords = folder.CorruptRecords().ToArray() is { Length: > 0 } corrupt ? corrupt : null };
        session.Answer.Print(document, DocumentJson.Pretty.DiscDocument, () => DiscText.Page(document));
        return ExitCodes.Success;
    }

    private static int ShowVolumes(Session session, string source)
    {
        var reading = SourceReading.Of(session, source, "show");
        if (reading.Content is null && reading.Toc is null)
        {
            throw reading.Nothing(source);
        }

        var document = VolumesDocument.Of(source, reading);
        session.Answer.Print(document, DocumentJson.Pretty.VolumesDocument, () => VolumesText.Page(document));
        return ExitCodes.Success;
    }
}
